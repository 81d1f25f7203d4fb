using System.Text;

namespace LlmKick.Transformers.Tokenization.Decoding;

/// <summary>Puts a text in the place of every match of a pattern in a token.</summary>
internal sealed class ReplaceDecoder(IMatcher matcher, string content) : IDecoderPart
{
    public List<string> Decode(List<string> tokens) => [.. tokens.Select(Continue)];

    public string Continue(string token)
    {
        var matches = matcher.Matches(token);
        if (matches.Count == 0)
            return token;
        var (text, done) = (new StringBuilder(), 0);
        foreach (var match in matches)
        {
            text.Append(token, done, match.Start - done).Append(content);
            done = match.End;
        }
        return text.Append(token, done, token.Length - done).ToString();
    }
}
