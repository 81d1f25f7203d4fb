namespace LlmKick.Transformers.Tokenization.Splitting;

/// <summary>The common end of the word rules: <c>\s+(?!\S)|\s+</c>. White space all lies in the basic plane: one unit each.</summary>
internal static class SpaceRun
{
    /// <summary>A run of white space, without its last character where a word follows and something is left.</summary>
    public static int Match(ReadOnlySpan<char> text)
    {
        var run = CharacterClass.Run(text, CharacterClass.IsSpace);
        return run > 1 && run < text.Length ? run - 1 : run;
    }
}
