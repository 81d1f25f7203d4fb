namespace LlmKick.Transformers.Tokenization.Splitting;

/// <summary>Runs of line feeds, and what lies between them.</summary>
internal sealed class LineRule : ISplitRule
{
    public int Match(ReadOnlySpan<char> text)
    {
        var end = text[0] == '\n' ? text.IndexOfAnyExcept('\n') : text.IndexOf('\n');
        return end < 0 ? text.Length : end;
    }
}
