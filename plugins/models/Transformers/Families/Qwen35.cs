using LlmKick.Transformers.Blocks;
using LlmKick.Transformers.Configuration;
using LlmKick.Transformers.Feeds;
using LlmKick.Transformers.Layers;
using LlmKick.Transformers.Mixers;
using LlmKick.Transformers.Positions;

namespace LlmKick.Transformers.Families;

/// <summary>Qwen 3.5: gated delta nets in three of four blocks, attention with a gate in the others; norms of 1 + w.</summary>
internal static class Qwen35
{
    public static Family Row { get; } = new("qwen3_5_text")
    {
        Aliases = ["qwen3_5"],
        Class = "Qwen3_5ForCausalLM",
        GgufName = "qwen35",
        GgufFault = GgufNotes.DeltaFault,
        Idle = Idle,
        Ends = c => new() { FinalNorm = c.Rms("norm", offset: 1), Tied = c.IsTied() },
        Block = (c, i) => Block(c, i, new Gated(c, c.Activation(Activation.Silu))),
    };

    public static IReadOnlyList<string> Idle => ["mlp_only_layers", "attn_output_gate", "full_attention_interval", "mamba_ssm_dtype"];

    public static BlockSpec Block(ModelConfig c, int block, IFeedSpec feed) => new()
    {
        Flow = Flow.Before(c.Rms("input_layernorm", offset: 1),
            c.Rms("post_attention_layernorm", offset: 1) with { Gguf = "post_attention_norm" }),
        Mixer = IsLinear(c, block) ? new GatedDelta(c) { TakesTurnsInGguf = true } : Attention(c),
        Feed = feed,
    };

    private static bool IsLinear(ModelConfig c, int block)
    {
        if (!c.IsGguf)
            return c.IsLinear(block, index => index % 4 != 3);
        // Its tensors say it.
        c.Fields.Skip("full_attention_interval", "attention.recurrent_layers", GgufRotary.Sections);
        return !c.HasTensor($"blk.{block}.attn_q.weight");
    }

    /// <summary>Attention whose queries have a gate beside them.</summary>
    public static FullAttention Attention(ModelConfig c) => new(c)
    {
        QkvBias = c.HasBias(Keys.AttentionBias),
        OutputBias = c.HasBias(Keys.AttentionBias),
        QueryNorm = c.QueryNorm(c.HeadWidth, offset: 1),
        KeyNorm = c.KeyNorm(c.HeadWidth, offset: 1),
        Gate = new OutputGate(null, IsOfHead: false, Activation.Sigmoid),
        Rotary = new Rotary(c) { Share = 0.25 }.Of(),
    };
}
