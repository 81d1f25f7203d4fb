namespace LlmKick.Transformers.Tokenization;

/// <summary>Finds a pattern in a text.</summary>
internal interface IMatcher
{
    /// <summary>All matches from left to right, none of which touches the inside of another.</summary>
    List<TextRange> Matches(ReadOnlySpan<char> text);
}

/// <summary>A part of a text, in UTF-16 units.</summary>
internal readonly record struct TextRange(int Start, int End);
