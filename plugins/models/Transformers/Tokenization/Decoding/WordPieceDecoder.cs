namespace LlmKick.Transformers.Tokenization.Decoding;

/// <summary>A space before every token that begins a word.</summary>
internal sealed class WordPieceDecoder(string prefix, bool cleans) : IDecoderPart
{
    public List<string> Decode(List<string> tokens) => [.. tokens.Select((token, i) => i > 0 ? Continue(token) : Clean(token))];

    public string Continue(string token) =>
        Clean(token.StartsWith(prefix, StringComparison.Ordinal) ? token[prefix.Length..] : " " + token);

    private string Clean(string token) => cleans ? TextCleanup.Clean(token) : token;
}
