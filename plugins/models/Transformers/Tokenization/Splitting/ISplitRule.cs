namespace LlmKick.Transformers.Tokenization.Splitting;

/// <summary>One step that cuts a text into pieces: what it matches, and what lies between matches.</summary>
internal interface ISplitRule
{
    /// <summary>Length, in UTF-16 units, of the match at the start of a text that is not empty; 0 where there is none.</summary>
    int Match(ReadOnlySpan<char> text);
}
