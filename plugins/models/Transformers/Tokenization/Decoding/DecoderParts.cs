namespace LlmKick.Transformers.Tokenization.Decoding;

/// <summary>One step after the other.</summary>
internal sealed class DecoderChain(IReadOnlyList<IDecoderPart> parts) : IDecoderPart
{
    public List<string> Decode(List<string> tokens) => parts.Aggregate(tokens, (some, part) => part.Decode(some));

    public string Continue(string token) => parts.Aggregate(token, (text, part) => part.Continue(text));
}

/// <summary>All tokens become one.</summary>
internal sealed class FuseDecoder : IDecoderPart
{
    public List<string> Decode(List<string> tokens) => [string.Concat(tokens)];

    public string Continue(string token) => token;
}

/// <summary>What stands in for a decoder: a space between tokens.</summary>
internal sealed class SpacedDecoder : IDecoderPart
{
    public List<string> Decode(List<string> tokens) => [string.Join(' ', tokens)];

    public string Continue(string token) => " " + token;
}

/// <summary>Marks become spaces; those of the first token go where one was put in front.</summary>
internal sealed class MetaspaceDecoder(string mark, bool dropsFirst) : IDecoderPart
{
    public List<string> Decode(List<string> tokens) =>
        [.. tokens.Select((token, i) => i == 0 && dropsFirst ? token.Replace(mark, "", StringComparison.Ordinal) : Continue(token))];

    public string Continue(string token) => token.Replace(mark, " ", StringComparison.Ordinal);
}

/// <summary>A space before every token that begins a word.</summary>
internal sealed class WordPieceDecoder(string prefix, bool cleans) : IDecoderPart
{
    public List<string> Decode(List<string> tokens) => [.. tokens.Select((token, i) => i > 0 ? Continue(token) : Clean(token))];

    public string Continue(string token) =>
        Clean(token.StartsWith(prefix, StringComparison.Ordinal) ? token[prefix.Length..] : " " + token);

    private string Clean(string token) => cleans ? TextCleanup.Clean(token) : token;
}

/// <summary>Tokens that end a word have a suffix, which becomes a space but at the end of the text.</summary>
internal sealed class SuffixDecoder(string suffix) : IDecoderPart
{
    public List<string> Decode(List<string> tokens) => [.. tokens.Select((token, i) => Replace(token, i == tokens.Count - 1 ? "" : " "))];

    public string Continue(string token) => Replace(token, " ");

    private string Replace(string token, string with) => suffix.Length == 0 ? token : token.Replace(suffix, with, StringComparison.Ordinal);
}

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
