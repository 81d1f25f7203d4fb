namespace LlmKick.Transformers.Tokenization.Splitting;

/// <summary>English endings after an apostrophe: <c>'s|'t|'re|'ve|'m|'ll|'d</c>.</summary>
internal static class Contractions
{
    private const char LongS = 'ſ';

    private static readonly string[] Endings = ["s", "t", "re", "ve", "m", "ll", "d"];

    /// <summary>Length of the contraction at the start, or 0.</summary>
    public static int Match(ReadOnlySpan<char> text, bool ignoreCase)
    {
        if (text[0] != '\'')
            return 0;
        foreach (var ending in Endings)
            if (StartsWith(text[1..], ending, ignoreCase))
                return 1 + ending.Length;
        return 0;
    }

    private static bool StartsWith(ReadOnlySpan<char> text, string ending, bool ignoreCase)
    {
        if (!ignoreCase)
            return text.StartsWith(ending, StringComparison.Ordinal);
        // Simple case folding: of all characters beyond ASCII only the long s folds to one of these letters.
        return text.StartsWith(ending, StringComparison.OrdinalIgnoreCase) || (ending == "s" && text is [LongS, ..]);
    }
}
