using System.Text.Json.Nodes;
using LlmKick.Transformers.Tokenization.Facts;
using LlmKick.Transformers.Tokenization.Gguf;
using LlmKick.Transformers.Tokenization.Splitting;

namespace LlmKick.Transformers.Export.Folders;

/// <summary>Byte-level BPE.</summary>
internal sealed class BytePairParts(TokenizerFacts facts) : ITokenizerParts
{
    public JsonObject? Normalizer() => null;

    public JsonObject PreTokenizer()
    {
        var patterns = GgufPres.Find(facts.PreTokenizer!)!.Patterns;
        // The last pattern of many is the one that the byte-level step brings along.
        var ownsLast = patterns[^1] == Gpt2Rule.Pattern;
        return patterns.Length == 1 && ownsLast
            ? TokenizerNodes.ByteLevel(usesRegex: true)
            : TokenizerNodes.Sequence("pretokenizers",
                [.. patterns.SkipLast(ownsLast ? 1 : 0).Select(Cut), TokenizerNodes.ByteLevel(ownsLast)]);
    }

    public JsonObject Decoder() => TokenizerNodes.ByteLevel(usesRegex: true);

    public JsonObject Model() => TokenizerNodes.Bpe(facts.Tokens, facts.Merges, unknown: null, hasBytes: false, facts.IgnoresMerges);

    private static JsonObject Cut(string pattern) => pattern == @"\p{N}"
        ? new JsonObject { ["type"] = "Digits", ["individual_digits"] = true } : TokenizerNodes.Split(pattern);
}
