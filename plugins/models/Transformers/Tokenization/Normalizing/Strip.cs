namespace LlmKick.Transformers.Tokenization.Normalizing;

/// <summary>Takes white space off the ends.</summary>
internal sealed class Strip(bool left, bool right) : INormalizer
{
    public Fragment Normalize(Fragment text)
    {
        var start = left ? text.Length - text.Span.TrimStart().Length : 0;
        var end = right ? Math.Max(start, text.Span.TrimEnd().Length) : text.Length;
        return text.Slice(start, end - start) with { IsFirst = text.IsFirst };
    }
}
