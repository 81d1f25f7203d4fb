namespace LlmKick.Transformers.Tokenization.Decoding;

/// <summary>What stands in for a decoder: a space between tokens.</summary>
internal sealed class SpacedDecoder : IDecoderPart
{
    public List<string> Decode(List<string> tokens) => [string.Join(' ', tokens)];

    public string Continue(string token) => " " + token;
}
