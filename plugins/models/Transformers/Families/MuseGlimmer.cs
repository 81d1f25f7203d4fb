using LlmKick.Transformers.Blocks;
using LlmKick.Transformers.Configuration;
using LlmKick.Transformers.Ends;
using LlmKick.Transformers.Feeds;
using LlmKick.Transformers.Layers;
using LlmKick.Transformers.Mixers;
using LlmKick.Transformers.Positions;

namespace LlmKick.Transformers.Families;

/// <summary>Muse Glimmer: a norm without weights after the embedding, norms around both parts, queries and keys normed without weights, a
/// gate, windows in most blocks.</summary>
internal static class MuseGlimmer
{
    public static Family Row { get; } = new("muse_glimmer_text")
    {
        Aliases = ["muse_glimmer"],
        Class = "MuseGlimmerForCausalLM",
        Ends = c => new()
        {
            EmbeddingNorm = c.Weightless(c.Width, "embed_norm"),
            FinalNorm = c.Rms("norm"),
            Tied = c.IsTied(),
            LogitScale = c.Fields.Number("output_multiplier") ?? 1,
            LogitCap = c.Number(Keys.LogitCap, 20),
        },
        Block = (c, i) => new()
        {
            Flow = Flow.Around(c.Rms("input_layernorm", 1), After(c, "post_attention_layernorm"), c.Rms("pre_feedforward_layernorm", 1),
                After(c, "post_feedforward_layernorm")),
            Mixer = new FullAttention(c)
            {
                QkvBias = c.HasBias(Keys.AttentionBias),
                OutputBias = c.HasBias(Keys.AttentionBias),
                QueryNorm = c.Weightless(c.HeadWidth, "self_attn.q_norm"),
                KeyNorm = c.Weightless(c.HeadWidth, "self_attn.k_norm"),
                Scale = (c.Fields.Number("qk_scale_factor") ?? 1) / Math.Sqrt(c.HeadWidth),
                Gate = new OutputGate("gate_proj", IsOfHead: false, Activation.Sigmoid),
                Window = c.WindowOf(i, block => IsSliding(c, block)),
                Rotary = IsRotated(c, i) ? new Rotary(c).Of() : null,
            },
            Feed = new Gated(c, c.Activation(Activation.Silu)),
        },
    };

    private static NormSpec After(ModelConfig c, string name) =>
        c.Rms(name, 1) with { Epsilon = c.Fields.Number("post_norm_eps") ?? 1e-8 };

    /// <summary>Kinds of blocks are counted from the last.</summary>
    private static bool IsSliding(ModelConfig c, int block) => (c.BlockCount - 1 - block) % 4 != 0;

    /// <summary>The list switches rotation on, its numbers do not count.</summary>
    private static bool IsRotated(ModelConfig c, int block) => c.NumberOf("layer_rope_theta", block) is { } theta ? theta != 0
        : IsSliding(c, block);
}
