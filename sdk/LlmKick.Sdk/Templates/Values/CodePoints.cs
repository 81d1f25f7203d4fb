
namespace LlmKick.Sdk.Templates.Values;

/// <summary>Texts as Python counts them: by code points.</summary>
internal static class CodePoints
{
    public static int Count(ReadOnlySpan<char> text)
    {
        var count = text.Length;
        for (var i = 1; i < text.Length; i++)
            if (char.IsLowSurrogate(text[i]) && char.IsHighSurrogate(text[i - 1]))
                count--;
        return count;
    }

    /// <summary>Whether each character is a code point.</summary>
    public static bool IsPlain(string text) => !text.AsSpan().ContainsAnyInRange('\ud800', '\udfff');

    /// <summary>The code point that begins at an index of UTF-16.</summary>
    public static string At(string text, int index) => text.Substring(index, char.IsSurrogatePair(text, index) ? 2 : 1);

    public static int Value(string text, int index = 0) => char.IsSurrogatePair(text, index) ? char.ConvertToUtf32(text, index)
        : text[index];

    /// <summary>The texts of one code point each.</summary>
    public static IEnumerable<string> All(string text)
    {
        for (var i = 0; i < text.Length;)
        {
            Evaluation.Step();
            var one = At(text, i);
            yield return one;
            i += one.Length;
        }
    }

    /// <summary>Where so many code points end in UTF-16.</summary>
    public static int Offset(string text, int count)
    {
        if (IsPlain(text))
            return Math.Min(count, text.Length);
        var at = 0;
        for (; count > 0 && at < text.Length; count--)
            at += char.IsSurrogatePair(text, at) ? 2 : 1;
        return at;
    }

    public static string Slice(string text, int from, int to) => from >= to ? "" : text[Offset(text, from)..Offset(text, to)];

    /// <summary>The order of code points, which is not that of UTF-16.</summary>
    public static int Compare(string left, string right)
    {
        var at = left.AsSpan().CommonPrefixLength(right);
        Evaluation.Step(at >> 5);
        if (at == left.Length || at == right.Length)
            return left.Length.CompareTo(right.Length);
        var (a, b) = (left[at], right[at]);
        return char.IsSurrogate(a) != char.IsSurrogate(b) ? char.IsSurrogate(a).CompareTo(char.IsSurrogate(b)) : a.CompareTo(b);
    }
}
