namespace LlmKick.Transformers.Tokenization.Decoding;

/// <summary>All tokens become one.</summary>
internal sealed class FuseDecoder : IDecoderPart
{
    public List<string> Decode(List<string> tokens) => [string.Concat(tokens)];

    public string Continue(string token) => token;
}
