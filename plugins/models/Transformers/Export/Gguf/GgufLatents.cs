using LlmKick.Transformers.Configuration;
using LlmKick.Transformers.Families;
using LlmKick.Transformers.Feeds;
using LlmKick.Transformers.Mixers;
using LlmKick.Transformers.Positions;

namespace LlmKick.Transformers.Export.Gguf;

/// <summary>What GGUF metadata say of latent attention. Where keys and values are apart, what is kept of a token is one key head as wide as
/// the vector and what is rotated beside it, and one value head as wide as the vector.</summary>
internal static class GgufLatents
{
    /// <summary>The attention of each block that has such.</summary>
    public static IReadOnlyList<LatentAttention> All(ModelSpec spec) =>
        [.. Enumerable.Range(0, spec.BlockCount).Select(block => spec.Block(block).Mixer).OfType<LatentAttention>()];

    public static IEnumerable<(string Key, object? Value)> Of(ModelSpec spec)
    {
        if (All(spec) is not [var latent, ..])
            yield break;
        var isApart = latent.IsApartInGguf;
        yield return (Keys.Heads.Gguf!, (uint)latent.Heads);
        yield return (Keys.KeyValueHeads.Gguf!, GgufSettings.OneOrAll(Enumerable.Range(0, spec.BlockCount)
            .Select(block => spec.Block(block).Mixer is not LatentAttention ? 0 : isApart ? 1 : latent.Heads)));
        yield return (Keys.RotatedWidth.Gguf!, latent.Rotary is null ? (uint)latent.Rotated : null);
        yield return (Keys.HeadWidth.Gguf!, (uint)(isApart ? latent.KeyRank + latent.Rotated : latent.KeyWidth));
        yield return ("attention.value_length", (uint)(isApart ? latent.KeyRank : latent.ValueWidth));
        yield return (LatentAttention.KeyWidthKey, isApart ? (uint)latent.KeyWidth : null);
        yield return (Keys.ValueWidth.Gguf!, isApart ? (uint)latent.ValueWidth : null);
        // llama.cpp wants the key of models too that have no such vector, but for those of 26 and 27 blocks.
        yield return (Keys.QueryRank.Gguf!, (uint)(latent.QueryRank ?? 0));
        yield return (Keys.KeyRank.Gguf!, (uint)latent.KeyRank);
        yield return (GgufRotary.YarnLog, AllDimensions(latent) is { } all ? (float)(all / 10) : null);
        if (isApart && !GgufExperts.Feeds(spec).OfType<Experts>().Any())
        {
            // What llama.cpp asks of the architecture without experts too.
            yield return (Keys.ExpertWidth.Gguf!, (uint)GgufSettings.FeedWidth(spec, 0));
            yield return (Keys.SharedExperts.Gguf!, 0u);
            yield return (Keys.DenseBlocksFirst.Gguf!, (uint)spec.BlockCount);
        }
    }

    /// <summary>m in the temperature 0.1 m ln(s) + 1 of YaRN whose square scores are multiplied by; null where they are not.</summary>
    public static double? AllDimensions(LatentAttention latent) =>
        latent is { Scale: { } scale, Rotary.Scaling: YarnScaling { Factor: > 1 and var factor } }
            ? Math.Round((Math.Sqrt(scale * Math.Sqrt(latent.KeyWidth)) - 1) / (0.1 * Math.Log(factor)), 6) : null;
}
