namespace LlmKick.Transformers.Tokenization.Decoding;

/// <summary>Tokens that end a word have a suffix, which becomes a space but at the end of the text.</summary>
internal sealed class SuffixDecoder(string suffix) : IDecoderPart
{
    public List<string> Decode(List<string> tokens) => [.. tokens.Select((token, i) => Replace(token, i == tokens.Count - 1 ? "" : " "))];

    public string Continue(string token) => Replace(token, " ");

    private string Replace(string token, string with) => suffix.Length == 0 ? token : token.Replace(suffix, with, StringComparison.Ordinal);
}
