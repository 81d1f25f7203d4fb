namespace LlmKick.Transformers.Tokenization.Decoding;

/// <summary>What recognisers of speech write: repeated tokens count once, a padding token stands for nothing, another for a
/// space.</summary>
internal sealed class CtcDecoder(string padding, string delimiter, bool cleans) : IDecoderPart
{
    public List<string> Decode(List<string> tokens) =>
        [.. tokens.Where((token, i) => i == 0 || token != tokens[i - 1]).Select(Continue).Where(token => token.Length > 0)];

    public string Continue(string token)
    {
        var text = padding.Length == 0 ? token : token.Replace(padding, "", StringComparison.Ordinal);
        return cleans && delimiter.Length > 0 ? TextCleanup.Clean(text).Replace(delimiter, " ", StringComparison.Ordinal) : text;
    }
}
