using LlmKick.Transformers.Blocks;
using LlmKick.Transformers.Configuration;
using LlmKick.Transformers.Feeds;
using LlmKick.Transformers.Layers;
using LlmKick.Transformers.Mixers;
using LlmKick.Transformers.Positions;

namespace LlmKick.Transformers.Families;

/// <summary>Sarvam with experts: GLM 4.5 with whole heads rotated, and names of its own.</summary>
internal static class SarvamMoe
{
    public static Family Row { get; } = new("sarvam_moe")
    {
        Class = "SarvamMoEForCausalLM",
        Idle = Glm4Moe.Row.Idle,
        Ends = c => Glm4Moe.Row.Ends(c) with { Embedding = "word_embeddings" },
        Block = (c, i) => new()
        {
            Flow = Flow.Before(c.Rms("input_layernorm"), c.Rms("post_attention_layernorm")),
            Mixer = Attention(c, c.Fields.Flag("use_qk_norm") ?? true),
            Feed = c.IsBeforeExperts(i) ? new Gated(c, c.Activation(Activation.Silu)) : c.CorrectedExperts("mlp.gate.expert_bias"),
        },
    };

    private static FullAttention Attention(ModelConfig c, bool hasNorms) => new(c)
    {
        Module = "attention",
        Fused = "query_key_value",
        Order = FusedOrder.Kinds,
        Output = "dense",
        QkvBias = c.HasBias(Keys.QkvBias),
        QueryNorm = hasNorms ? c.QueryNorm(c.HeadWidth, name: "attention.query_layernorm") : null,
        KeyNorm = hasNorms ? c.KeyNorm(c.HeadWidth, name: "attention.key_layernorm") : null,
        Rotary = new Rotary(c).Of(),
    };
}
