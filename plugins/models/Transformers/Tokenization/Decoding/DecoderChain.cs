namespace LlmKick.Transformers.Tokenization.Decoding;

/// <summary>One step after the other.</summary>
internal sealed class DecoderChain(IReadOnlyList<IDecoderPart> parts) : IDecoderPart
{
    public List<string> Decode(List<string> tokens) => parts.Aggregate(tokens, (some, part) => part.Decode(some));

    public string Continue(string token) => parts.Aggregate(token, (text, part) => part.Continue(text));
}
