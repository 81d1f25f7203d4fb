using System.Globalization;
using LlmKick.Transformers.Blocks;
using LlmKick.Transformers.Configuration;
using LlmKick.Transformers.Feeds;
using LlmKick.Transformers.Layers;
using LlmKick.Transformers.Mixers;
using LlmKick.Transformers.Positions;

namespace LlmKick.Transformers.Families;

/// <summary>MiniCPM 3: latent attention rotated by halves, LongRoPE, embeddings, branches and last states scaled.</summary>
internal static class MiniCpm3
{
    // llama.cpp has the released model's numbers in its code.
    private const double GgufEmbeddingScale = 12;
    private const double GgufDepth = 1.4;
    private const double GgufBaseWidth = 256;

    public static Family Row { get; } = new("minicpm3")
    {
        Class = "MiniCPM3ForCausalLM",
        GgufName = "minicpm3",
        GgufFault = Fault,
        GgufNote = GgufNotes.Latents,
        TiedUnlessSaid = true,
        Idle = DeepSeekV3.Row.Idle,
        Ends = c => new()
        {
            EmbeddingScale = c.IsGguf ? GgufEmbeddingScale : c.Fields.Number("scale_emb") ?? 1,
            FinalNorm = c.Rms("norm"),
            Tied = c.IsTied(true),
            LogitScale = (c.IsGguf ? GgufBaseWidth : c.Fields.Number("dim_model_base") ?? c.Width) / c.Width,
        },
        Block = (c, i) => new()
        {
            Flow = Flow.Before(c.Rms("input_layernorm"), c.Rms("post_attention_layernorm")) with
            {
                Residual = (c.IsGguf ? c.Number(Keys.ResidualScale) : null) ?? ((c.IsGguf ? GgufDepth : c.Fields.Number("scale_depth")) is
                    { } depth ? depth / Math.Sqrt(c.BlockCount) : 1),
            },
            Mixer = new LatentAttention(c) is var attention ? attention with
            {
                Rotary = new Rotary(c) { HeadWidth = attention.Rotated }.Of(),
                IsApartInGguf = false,
            } : attention,
            Feed = new Gated(c, c.Activation(Activation.Silu)) { HasBias = c.HasBias(Keys.FeedForwardBias) },
        },
    };

    private static string? Fault(ModelSpec spec)
    {
        var (scale, depth, width) = (spec.Ends.EmbeddingScale, spec.Block(0).Flow.Residual * Math.Sqrt(spec.BlockCount),
            spec.Ends.LogitScale * spec.Width);
        if (spec.Block(0).Mixer is LatentAttention { HasBias: true } or LatentAttention { QueryRank: null })
            return "llama.cpp knows MiniCPM 3 with a vector that queries are made of and without biases of attention alone";
        return Math.Abs(scale - GgufEmbeddingScale) + Math.Abs(depth - GgufDepth) + Math.Abs(width - GgufBaseWidth) < 1e-6 ? null
            : string.Create(CultureInfo.InvariantCulture, $"llama.cpp computes every MiniCPM 3 with scale_emb {GgufEmbeddingScale}, "
                + $"scale_depth {GgufDepth} and dim_model_base {GgufBaseWidth}, this model has {scale:0.###}, {depth:0.###} and "
                + $"{width:0.###}: GGUF files cannot say it");
    }
}
