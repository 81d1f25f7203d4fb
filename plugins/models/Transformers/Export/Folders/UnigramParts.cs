using System.Text.Json.Nodes;
using LlmKick.Transformers.Tokenization.Facts;
using LlmKick.Transformers.Tokenization.SentencePiece;

namespace LlmKick.Transformers.Export.Folders;

/// <summary>Unigram.</summary>
internal sealed class UnigramParts(TokenizerFacts facts) : ITokenizerParts
{
    private bool Prepends => facts.Spaces.AddsPrefix || facts.Spaces.RemovesExtra;

    public JsonObject? Normalizer()
    {
        var parts = new List<JsonObject>();
        if (facts.Charsmap.Length > 0)
            parts.Add(new() { ["type"] = "Precompiled", ["precompiled_charsmap"] = Convert.ToBase64String(facts.Charsmap) });
        if (facts.Spaces.RemovesExtra)
            parts.AddRange([TokenizerNodes.Replace("Regex", FactsOfUnigram.SpacesAtEnds, ""),
                TokenizerNodes.Replace("Regex", FactsOfUnigram.SeveralSpaces, " ")]);
        else if (facts.Spaces.AddsPrefix)
            // llama.cpp puts its mark there whatever the text begins with.
            parts.Add(new() { ["type"] = "Prepend", ["prepend"] = TokenizerNodes.Mark });
        return parts.Count == 0 ? null : TokenizerNodes.Sequence("normalizers", parts);
    }

    public JsonObject PreTokenizer() => TokenizerNodes.Metaspace(facts.Spaces.RemovesExtra);

    public JsonObject Decoder() => TokenizerNodes.Metaspace(Prepends);

    public JsonObject Model() => new()
    {
        ["type"] = "Unigram",
        ["unk_id"] = facts.Unknown,
        ["vocab"] = new JsonArray([.. facts.Tokens.Select((token, id) =>
            (JsonNode)new JsonArray(token, (double)(facts.Kinds[id] == PieceKind.UserDefined ? 0 : facts.Scores[id])))]),
        ["byte_fallback"] = false,
    };
}
