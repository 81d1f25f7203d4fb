using LlmKick.Transformers.Blocks;
using LlmKick.Transformers.Configuration;
using LlmKick.Transformers.Feeds;
using LlmKick.Transformers.Layers;
using LlmKick.Transformers.Mixers;
using LlmKick.Transformers.Positions;

namespace LlmKick.Transformers.Families;

/// <summary>Lara 4 Mini: gated delta nets, windows and full attention without rotation in turn, experts and a shared one
/// everywhere.</summary>
internal static class LaraMini
{
    public static Family Row { get; } = new("lara_mini")
    {
        Class = "LaraMiniForCausalLM",
        TiedUnlessSaid = true,
        Ends = c => new() { FinalNorm = c.Rms("norm"), Tied = c.IsTied(true) },
        Block = (c, i) => new()
        {
            Flow = Flow.Before(c.Rms("input_layernorm"), c.Rms("post_attention_layernorm")),
            Mixer = c.IsLinear(i, index => index % 5 is 0 or 2, slides: true)
                ? new GatedDelta(c) { Layout = DeltaLayout.One, Norm = "linear_attn.out_norm" }
                : Attention(c, c.BlockType(i) == "sliding_attention"),
            Feed = Qwen35Moe.Experts(c, c.Flag(Keys.NormalizesExperts)) with { SharedGate = null },
        },
    };

    private static FullAttention Attention(ModelConfig c, bool sliding) => new(c)
    {
        QkvBias = c.HasBias(Keys.AttentionBias),
        OutputBias = c.HasBias(Keys.AttentionBias),
        QueryNorm = c.QueryNorm(c.HeadWidth),
        KeyNorm = c.KeyNorm(c.HeadWidth),
        Window = sliding ? c.Window : null,
        Rotary = sliding ? new Rotary(c).Of() : null,
    };
}
