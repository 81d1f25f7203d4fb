namespace LlmKick.Transformers.Tokenization.Decoding;

/// <summary>Marks become spaces; those of the first token go where one was put in front.</summary>
internal sealed class MetaspaceDecoder(string mark, bool dropsFirst) : IDecoderPart
{
    public List<string> Decode(List<string> tokens) =>
        [.. tokens.Select((token, i) => i == 0 && dropsFirst ? token.Replace(mark, "", StringComparison.Ordinal) : Continue(token))];

    public string Continue(string token) => token.Replace(mark, " ", StringComparison.Ordinal);
}
