using System.Globalization;
using System.Text;

namespace LlmKick.Transformers.Tokenization.Splitting;

/// <summary>
/// The words of Llama 3 and Qwen 2: any one character may lead letters, numbers come in groups, line ends stay together.
/// </summary>
/// <param name="mostDigits">Numbers in one piece: 3 for Llama 3, 1 for Qwen 2.</param>
internal sealed class LineAwareRule(int mostDigits) : ISplitRule
{
    /// <summary>The rule as a regular expression, as tokenizer files have it.</summary>
    public static string Pattern(int mostDigits) => string.Create(
        CultureInfo.InvariantCulture,
        $@"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{{L}}\p{{N}}]?\p{{L}}+|\p{{N}}{(mostDigits > 1 ? $"{{1,{mostDigits}}}" : "")}|"
            + $@" ?[^\s\p{{L}}\p{{N}}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+");

    public int Match(ReadOnlySpan<char> text)
    {
        var length = Contractions.Match(text, ignoreCase: true);
        if (length == 0)
            length = Letters(text);
        if (length == 0)
            length = CharacterClass.Run(text, CharacterClass.IsNumber, mostDigits);
        if (length == 0)
            length = Others(text);
        if (length == 0)
            length = Lines(text);
        return length > 0 ? length : SpaceRun.Match(text);
    }

    private static int Letters(ReadOnlySpan<char> text)
    {
        CharacterClass.TryFirst(text, out var first);
        var lead = IsLineEnd(first) || CharacterClass.IsLetter(first) || CharacterClass.IsNumber(first) ? 0 : first.Utf16SequenceLength;
        var letters = CharacterClass.Run(text[lead..], CharacterClass.IsLetter);
        return letters > 0 ? lead + letters : 0;
    }

    private static int Others(ReadOnlySpan<char> text)
    {
        var space = text[0] == ' ' ? 1 : 0;
        var others = CharacterClass.Run(text[space..], CharacterClass.IsOther);
        return others > 0 ? space + others + CharacterClass.Run(text[(space + others)..], IsLineEnd) : 0;
    }

    /// <summary>White space up to the last line end of its run.</summary>
    private static int Lines(ReadOnlySpan<char> text) =>
        text[..CharacterClass.Run(text, CharacterClass.IsSpace)].LastIndexOfAny('\r', '\n') + 1;

    private static bool IsLineEnd(Rune rune) => rune.Value is '\r' or '\n';
}
