using System.Numerics;

namespace LlmKick.Sdk.Templates.Values;

/// <summary>Items and parts by position.</summary>
internal static class Slicing
{
    /// <summary>The place that a key names in so many items; null where there is none.</summary>
    public static int? Index(object? key, int count)
    {
        if (Types.Integer(key) is not { } number)
            return null;
        var index = number.Sign < 0 ? number + count : number;
        return index.Sign >= 0 && index < count ? (int)index : null;
    }

    public static object? Slice(object? value, object? start, object? stop, object? step)
    {
        if (value is UndefinedValue undefined)
            return undefined.Item(null);
        if (Types.Text(value) is { } text)
            return Text(value, text, start, stop, step);
        return value switch
        {
            SequenceValue sequence =>
                sequence.Create([.. Places(sequence.Values.Count, start, stop, step).Select(i => sequence.Values[i])]),
            BytesValue bytes => new BytesValue([.. Places(bytes.Bytes.Length, start, stop, step).Select(i => bytes.Bytes[i])]),
            RangeValue range => Range(range, start, stop, step),
            DictValue => throw PythonError.Type("unhashable type: 'slice'"),
            _ => throw PythonError.Type($"'{Types.Name(value)}' object is not subscriptable"),
        };
    }

    private static object Text(object? value, string text, object? start, object? stop, object? step)
    {
        var count = CodePoints.Count(text);
        var (from, to, by) = Bounds(count, start, stop, step);
        string part;
        if (by == 1)
            part = CodePoints.Slice(text, from, to);
        else
        {
            var all = CodePoints.All(text).ToList();
            part = string.Concat(Steps(from, to, by).Select(i => all[i]));
        }
        Evaluation.Text(part.Length);
        return value is MarkupValue ? new MarkupValue(part) : part;
    }

    private static RangeValue Range(RangeValue range, object? start, object? stop, object? step)
    {
        var (from, to, by) = Bounds(range.Length!.Value, start, stop, step);
        return range.Slice(from, to, by);
    }

    private static IEnumerable<int> Places(int count, object? start, object? stop, object? step)
    {
        var (from, to, by) = Bounds(count, start, stop, step);
        return Steps(from, to, by);
    }

    private static IEnumerable<int> Steps(int from, int to, int by)
    {
        for (long i = from; by > 0 ? i < to : i > to; i += by)
            yield return (int)i;
    }

    private static (int From, int To, int By) Bounds(int count, object? start, object? stop, object? step)
    {
        var by = step is null ? 1 : Bound(step);
        if (by == 0)
            throw PythonError.Value("slice step cannot be zero");
        var (low, high) = by > 0 ? (0, count) : (-1, count - 1);
        return (start is null ? (by > 0 ? low : high) : Clamp(Bound(start)), stop is null ? (by > 0 ? high : low) : Clamp(Bound(stop)), by);

        int Clamp(int bound) => (int)Math.Clamp(bound < 0 ? (long)bound + count : bound, low, high);
    }

    private static int Bound(object? value) => Types.Integer(value) is { } number
        ? (int)BigInteger.Max(-int.MaxValue, BigInteger.Min(int.MaxValue, number))
        : throw PythonError.Type("slice indices must be integers or None or have an __index__ method");
}
