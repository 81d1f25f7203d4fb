using System.Text.Json.Nodes;
using LlmKick.Transformers.Tokenization.Facts;

namespace LlmKick.Transformers.Export.Folders;

/// <summary>BPE of characters with tokens for bytes, by scores or by merges.</summary>
internal sealed class FallbackParts(TokenizerFacts facts) : ITokenizerParts
{
    public JsonObject Normalizer()
    {
        var replace = TokenizerNodes.Replace("String", " ", TokenizerNodes.Mark);
        return facts.Spaces.AddsPrefix
            ? TokenizerNodes.Sequence("normalizers", new JsonObject { ["type"] = "Prepend", ["prepend"] = TokenizerNodes.Mark }, replace)
            : replace;
    }

    public JsonObject? PreTokenizer() => facts.Model == "gemma4" ? TokenizerNodes.Split(@"[^\n]+|[\n]+") : null;

    public JsonObject Decoder()
    {
        JsonObject[] parts =
            [TokenizerNodes.Replace("String", TokenizerNodes.Mark, " "), new() { ["type"] = "ByteFallback" }, new() { ["type"] = "Fuse" }];
        return TokenizerNodes.Sequence("decoders",
            facts.Spaces.AddsPrefix ? parts.Append(new() { ["type"] = "Strip", ["content"] = " ", ["start"] = 1, ["stop"] = 0 }) : parts);
    }

    public JsonObject Model() => TokenizerNodes.Bpe(
        facts.Tokens, facts.Model == "gemma4" ? facts.Merges : Merges(), facts.Unknown is { } unknown ? facts.Tokens[unknown] : null,
        hasBytes: true, ignoresMerges: false);

    /// <summary>Every two tokens that make a third, by its score.</summary>
    private IEnumerable<string> Merges()
    {
        var known = facts.Tokens.ToHashSet(StringComparer.Ordinal);
        return facts.Tokens.Select((token, id) => (Token: token, Score: facts.Scores[id])).OrderByDescending(row => row.Score)
            .SelectMany(row => Enumerable.Range(1, Math.Max(0, row.Token.Length - 1))
                .Select(at => (Left: row.Token[..at], Right: row.Token[at..])))
            .Where(pair => known.Contains(pair.Left) && known.Contains(pair.Right) && !pair.Left.Contains(' ', StringComparison.Ordinal)
                && !pair.Right.Contains(' ', StringComparison.Ordinal))
            .Select(pair => $"{pair.Left} {pair.Right}");
    }
}
