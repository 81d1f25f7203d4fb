using System.Text.Json.Nodes;
using LlmKick.Transformers.Configuration;
using LlmKick.Transformers.Export.Gguf;
using LlmKick.Transformers.Families;
using LlmKick.Transformers.Feeds;

namespace LlmKick.Transformers.Export.Folders;

/// <summary>What <c>config.json</c> says of latent attention.</summary>
internal static class ConfigLatents
{
    public static IEnumerable<(Key Key, JsonNode? Value)> Of(ModelSpec spec)
    {
        if (GgufLatents.All(spec) is not [var latent, ..])
            yield break;
        yield return (Keys.Heads, latent.Heads);
        yield return (Keys.KeyValueHeads, latent.Heads);
        yield return (Keys.QueryRank, latent.QueryRank);
        yield return (Keys.KeyRank, latent.KeyRank);
        yield return (Keys.PlainWidth, latent.Plain);
        yield return (Keys.RotatedWidth, latent.Rotated);
        yield return (Keys.ValueWidth, latent.ValueWidth);
    }

    /// <summary>What single families have names for.</summary>
    public static IEnumerable<(string Name, JsonNode? Value)> Special(ModelSpec spec)
    {
        if (GgufLatents.All(spec) is not [var latent, ..])
            yield break;
        yield return ("scale_emb", Numerals.Shortest(spec.Ends.EmbeddingScale));
        yield return ("scale_depth", Numerals.Shortest(spec.Block(0).Flow.Residual * Math.Sqrt(spec.BlockCount)));
        yield return ("dim_model_base", Numerals.Shortest(spec.Ends.LogitScale * spec.Width));
        yield return ("rope_interleave", latent.Rotary?.Interleaved);
        yield return ("topk_method", GgufExperts.Feeds(spec).OfType<Experts>().FirstOrDefault()?.Router is { Groups: > 1 }
            ? "group_limited_greedy" : "greedy");
    }
}
