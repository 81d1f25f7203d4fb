using LlmKick.Transformers.Configuration;
using LlmKick.Transformers.Mixers;
using LlmKick.Transformers.Positions;

namespace LlmKick.Transformers.Families;

/// <summary>What several families with latent attention read of a configuration in the same way.</summary>
internal static class LatentReading
{
    /// <summary>DeepSeek's: neighbours are rotated, and where YaRN stretches the context scores grow by the square of its
    /// temperature.</summary>
    /// <param name="c">The configuration.</param>
    /// <param name="interleaved">Whether neighbours are rotated where the configuration does not say; null where it has no say.</param>
    /// <param name="block">The block.</param>
    public static LatentAttention Latents(this ModelConfig c, int block, bool? interleaved = true)
    {
        var attention = new LatentAttention(c) { IsApartInGguf = !c.HasTensor($"blk.{block}.attn_kv_b.weight") };
        var rotary = new Rotary(c)
        {
            HeadWidth = attention.Rotated,
            Interleaved = interleaved is { } otherwise ? c.Fields.Flag("rope_interleave") ?? otherwise : true,
        }.Of();
        return c.IsGguf && c.Fields.Number(GgufRotary.YarnLog) is { } tenth && rotary.Scaling is YarnScaling yarn
            ? attention with
            {
                // GGUF files have a tenth of it.
                Rotary = rotary with { Scaling = yarn with { Attention = c.Fields.Number("rope.scaling.attn_factor") ?? 1 } },
                Scale = Grown(yarn, 10 * tenth, attention.KeyWidth),
            }
            : attention with { Rotary = rotary, Scale = c.IsGguf ? null : Grown(c, attention.KeyWidth, rotary) };
    }

    private static double Grown(YarnScaling yarn, double all, int width) =>
        Math.Pow(YarnScaling.Temperature(yarn.Factor, all), 2) / Math.Sqrt(width);

    private static double? Grown(ModelConfig c, int width, RotarySpec rotary)
    {
        var section = c.Fields.Section("rope_scaling") ?? c.Fields.Section("rope_parameters");
        return rotary.Scaling is YarnScaling yarn && section?.Number("mscale_all_dim") is { } all
            ? Grown(yarn, all, width) : null;
    }
}
