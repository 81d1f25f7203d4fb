using System.Numerics;

namespace LlmKick.Sdk.Templates.Values;

/// <summary>Looking for a part of a text, between two bounds in code points.</summary>
internal static class TextSearch
{
    public static int Count(string text, object?[] arguments)
    {
        var (part, sub, _) = Range(text, arguments);
        if (part is null)
            return 0;
        if (sub.Length == 0)
            return CodePoints.Count(part) + 1;
        Evaluation.Step(part.Length >> 5);
        return part.AsSpan().Count(sub);
    }

    public static int Find(string text, object?[] arguments, bool last)
    {
        var (part, sub, from) = Range(text, arguments);
        if (part is null)
            return -1;
        Evaluation.Step(part.Length >> 4);
        var at = last ? part.LastIndexOf(sub, StringComparison.Ordinal) : part.IndexOf(sub, StringComparison.Ordinal);
        return at < 0 ? -1 : from + CodePoints.Count(part.AsSpan(0, at));
    }

    public static object Index(string text, object?[] arguments, bool last) =>
        Find(text, arguments, last) is >= 0 and var at ? new BigInteger(at) : throw PythonError.Value("substring not found");

    public static bool Begins(string text, object?[] arguments, string method, Func<string, string, bool> holds)
    {
        var (from, to) = Bounds(text, arguments);
        var part = from > to ? null : from == 0 && to == int.MaxValue ? text : CodePoints.Slice(text, from, to);
        if (Types.Text(arguments[0]) is { } one)
            return part is not null && holds(part, one);
        if (arguments[0] is not TupleValue tuple)
            throw PythonError.Type($"{method} first arg must be str or a tuple of str, not {Types.Name(arguments[0])}");
        return tuple.Values.Any(value => Types.Text(value) is { } text ? part is not null && holds(part, text)
            : throw PythonError.Type($"tuple for {method} must only contain str, not {Types.Name(value)}"));
    }

    private static (string? Part, string Sub, int From) Range(string text, object?[] arguments)
    {
        var sub = TextMethods.Need(arguments[0], "argument");
        var (from, to) = Bounds(text, arguments);
        return (from > to ? null : from == 0 && to == int.MaxValue ? text : CodePoints.Slice(text, from, to), sub, from);
    }

    private static (int From, int To) Bounds(string text, object?[] arguments)
    {
        if (arguments[1] is null && arguments[2] is null)
            return (0, int.MaxValue);
        var count = CodePoints.Count(text);
        return (Clamp(arguments[1], 0), Math.Min(count, Clamp(arguments[2], count)));

        int Clamp(object? bound, int otherwise) => bound is null ? otherwise : Types.SmallIndex(bound) is var at
            && at < 0 ? Math.Max(0, at + count) : at;
    }
}
