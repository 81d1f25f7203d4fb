using System.Text.Json.Nodes;
using LlmKick.Transformers.Configuration;
using LlmKick.Transformers.Export.Gguf;
using LlmKick.Transformers.Families;

namespace LlmKick.Transformers.Export.Folders;

/// <summary>What <c>config.json</c> says of chunks, gates, heads and hidden states that single families have.</summary>
internal static class ConfigAttentions
{
    public static IEnumerable<(string Name, JsonNode? Value)> Of(ModelSpec spec)
    {
        var attentions = GgufSettings.Attentions(spec);
        if (attentions.Count != spec.BlockCount)
            yield break;
        if (spec.Block(0) is { Streams: { } streams, Laurel: { } laurel })
        {
            yield return ("altup_num_inputs", streams.Count);
            yield return ("altup_active_idx", streams.Active);
            yield return ("altup_correct_scale", streams.Scales);
            yield return ("laurel_rank", laurel.Rank);
            yield return ("activation_sparsity_pattern", new JsonArray([.. GgufExperts.Feeds(spec)
                .Select(feed => JsonValue.Create(((Feeds.Gated)feed).Activation.Dropped))]));
        }
        yield return ("mup_enabled", spec.Ends.EmbeddingScale != 1);
        yield return ("num_attention_heads_per_layer",
            new JsonArray([.. attentions.Select(attention => JsonValue.Create(attention.Heads))]));
        yield return ("gating", attentions[0].Gate switch
        {
            null => false,
            { IsOfHead: true } => "per-head",
            _ => "per-element",
        });
        if (attentions.Select(attention => attention.Growth).FirstOrDefault(growth => growth is not null) is { } growth)
        {
            yield return ("attn_scale", Numerals.Shortest(growth.Beta));
            yield return ("floor_scale", growth.OriginalContext);
        }
        yield return ("attn_temperature_tuning", attentions.Any(attention => attention.Growth is not null));
        if (attentions.Select(attention => attention.Chunk).FirstOrDefault(chunk => chunk is not null) is not { } width)
            yield break;
        yield return ("attention_chunk_size", width);
        yield return (Keys.BlockTypes.Name, new JsonArray([.. attentions.Select(attention =>
            JsonValue.Create(attention.Chunk is null ? "full_attention" : "chunked_attention"))]));
    }
}
