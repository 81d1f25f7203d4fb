using LlmKick.Transformers.Blocks;
using LlmKick.Transformers.Configuration;
using LlmKick.Transformers.Ends;
using LlmKick.Transformers.Feeds;
using LlmKick.Transformers.Layers;
using LlmKick.Transformers.Mixers;
using LlmKick.Transformers.Positions;

namespace LlmKick.Transformers.Families;

/// <summary>GLM 4 (0414): norms around both parts, interleaved rotation of half a head, fused gate and up, biases on queries, keys and
/// values.</summary>
internal static class Glm4
{
    public static Family Row { get; } = new("glm4")
    {
        Class = "Glm4ForCausalLM",
        GgufName = "glm4",
        Ends = c => new() { FinalNorm = c.Rms("norm"), Tied = c.IsTied() },
        Block = (c, i) => new()
        {
            Flow = Flow.Around(
                c.Rms("input_layernorm"), c.Rms("post_self_attn_layernorm"), c.Rms("post_attention_layernorm"),
                c.Rms("post_mlp_layernorm")),
            Mixer = new FullAttention(c)
            {
                QkvBias = c.HasBias(Keys.AttentionBias),
                Rotary = new Rotary(c) { Share = 0.5, Interleaved = true }.Of(),
            },
            Feed = new Gated(c, c.Activation(Activation.Silu)) { Fused = "mlp.gate_up_proj" },
        },
    };
}
