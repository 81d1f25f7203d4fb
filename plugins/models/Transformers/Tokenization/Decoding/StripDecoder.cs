namespace LlmKick.Transformers.Tokenization.Decoding;

/// <summary>Takes a character off the ends of each token, so many times at most.</summary>
/// <param name="content">The character.</param>
/// <param name="start">How often at the start.</param>
/// <param name="stop">How often at the end.</param>
/// <param name="isFused">Whether all is one token by then, so that a token in the middle of a text has no ends.</param>
internal sealed class StripDecoder(string content, int start, int stop, bool isFused) : IDecoderPart
{
    public List<string> Decode(List<string> tokens) => [.. tokens.Select(Strip)];

    public string Continue(string token) => isFused ? token : Strip(token);

    private string Strip(string token)
    {
        var text = token.AsSpan();
        for (var i = 0; i < start && text.StartsWith(content, StringComparison.Ordinal); i++)
            text = text[content.Length..];
        for (var i = 0; i < stop && text.EndsWith(content, StringComparison.Ordinal); i++)
            text = text[..^content.Length];
        return text.ToString();
    }
}
