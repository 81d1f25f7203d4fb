using System.Numerics;
using System.Text;

namespace LlmKick.Sdk.Templates.Values;

/// <summary>Texts taken apart and put together.</summary>
internal static class TextParts
{
    public static string Join(string separator, object? items)
    {
        var text = new StringBuilder();
        var count = 0;
        if (Iteration.Find(items) is not { } all)
            throw PythonError.Type("can only join an iterable");
        foreach (var item in all)
        {
            var part = Types.Text(item)
                ?? throw PythonError.Type($"sequence item {count}: expected str instance, {Types.Name(item)} found");
            Evaluation.Text(part.Length + separator.Length);
            text.Append(count++ == 0 ? "" : separator).Append(part);
        }
        return text.ToString();
    }

    public static string Strip(string text, object? characters, string method, bool left, bool right)
    {
        if (characters is not null && Types.Text(characters) is null)
            throw PythonError.Type($"{method} arg must be None or str");
        var set = characters is null ? null : CodePoints.All(Types.Text(characters)!).ToHashSet();
        var (from, to) = (0, text.Length);
        while (left && from < to && CodePoints.At(text, from) is var one && Goes(one, set))
            from += one.Length;
        while (right && to > from && Last(text, from, to) is var one && Goes(one, set))
            to -= one.Length;
        return text[from..to];
    }

    private static bool Goes(string one, HashSet<string>? set) => set?.Contains(one) ?? Spaces.IsSpace(one[0]);

    private static string Last(string text, int from, int to) => to - from > 1 && char.IsSurrogatePair(text, to - 2) ? text[(to - 2)..to]
        : text[(to - 1)..to];

    public static string Replace(string text, string old, string fresh, BigInteger count)
    {
        if (count.Sign == 0 || (old.Length > 0 && !text.Contains(old, StringComparison.Ordinal)))
            return text;
        var most = count.Sign < 0 || count > int.MaxValue ? int.MaxValue : (int)count;
        if (old.Length == 0)
            return Between(text, fresh, most);
        var result = new StringBuilder();
        var from = 0;
        for (var at = text.IndexOf(old, StringComparison.Ordinal); at >= 0
            && most-- > 0; at = text.IndexOf(old, from, StringComparison.Ordinal))
        {
            Evaluation.Text(fresh.Length + at - from);
            result.Append(text, from, at - from).Append(fresh);
            from = at + old.Length;
        }
        Evaluation.Text(text.Length - from);
        return result.Append(text, from, text.Length - from).ToString();
    }

    private static string Between(string text, string fresh, int most)
    {
        var result = new StringBuilder();
        foreach (var one in CodePoints.All(text))
        {
            Evaluation.Text(most > 0 ? fresh.Length + 1 : 1);
            result.Append(most-- > 0 ? fresh : "").Append(one);
        }
        return result.Append(most > 0 ? fresh : "").ToString();
    }

    public static TupleValue Partition(string text, object? separator, bool last)
    {
        var sign = TextMethods.Need(separator, "argument");
        if (sign.Length == 0)
            throw PythonError.Value("empty separator");
        var at = last ? text.LastIndexOf(sign, StringComparison.Ordinal) : text.IndexOf(sign, StringComparison.Ordinal);
        if (at < 0)
            return last ? new TupleValue(["", "", text]) : new TupleValue([text, "", ""]);
        return new TupleValue([text[..at], sign, text[(at + sign.Length)..]]);
    }

    public static ListValue Split(string text, object? separator, object? cuts)
    {
        var most = Types.SmallIndex(cuts);
        Evaluation.Text(text.Length);
        if (separator is null)
            return new ListValue(Spaces.Split(text, most));
        var sign = Separator(separator);
        return new ListValue(most < 0 ? text.Split(sign) : text.Split(sign, most == int.MaxValue ? most : most + 1));
    }

    public static ListValue SplitLast(string text, object? separator, object? cuts)
    {
        var most = Types.SmallIndex(cuts);
        if (most < 0)
            return Split(text, separator, cuts);
        var parts = separator is null ? LastWords(text, most) : LastParts(text, Separator(separator), most);
        parts.Reverse();
        return new ListValue(parts.AsEnumerable());
    }

    private static List<object?> LastWords(string text, int most)
    {
        var parts = new List<object?>();
        for (var rest = Spaces.TrimEnd(text); rest.Length > 0;)
        {
            var start = most-- > 0 ? rest.Length : 0;
            while (start > 0 && !Spaces.IsSpace(rest[start - 1]))
                start--;
            Evaluation.Text(8 + rest.Length);
            parts.Add(rest[start..]);
            rest = Spaces.TrimEnd(rest[..start]);
        }
        return parts;
    }

    private static List<object?> LastParts(string text, string sign, int most)
    {
        var parts = new List<object?>();
        for (; most-- > 0 && text.LastIndexOf(sign, StringComparison.Ordinal) is >= 0 and var at; text = text[..at])
        {
            Evaluation.Text(8 + text.Length);
            parts.Add(text[(at + sign.Length)..]);
        }
        parts.Add(text);
        return parts;
    }

    /// <summary>The lines of a text, whose ends stay or go.</summary>
    public static IEnumerable<string> Lines(string text, bool keep)
    {
        Evaluation.Text(text.Length);
        for (var start = 0; start < text.Length;)
        {
            var end = text.AsSpan(start).IndexOfAny(LineEnds) is >= 0 and var at ? start + at : text.Length;
            var next = end == text.Length ? end : end + (text[end] == '\r' && end + 1 < text.Length && text[end + 1] == '\n' ? 2 : 1);
            yield return text[start..(keep ? next : end)];
            start = next;
        }
    }

    private static readonly System.Buffers.SearchValues<char> LineEnds =
        System.Buffers.SearchValues.Create("\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029");

    private static string Separator(object? separator)
    {
        var sign = Types.Text(separator) ?? throw PythonError.Type($"must be str or None, not {Types.Name(separator)}");
        return sign.Length > 0 ? sign : throw PythonError.Value("empty separator");
    }
}
