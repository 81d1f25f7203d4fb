using LlmKick.Transformers.Blocks;
using LlmKick.Transformers.Configuration;
using LlmKick.Transformers.Ends;
using LlmKick.Transformers.Feeds;
using LlmKick.Transformers.Layers;
using LlmKick.Transformers.Mixers;
using LlmKick.Transformers.Positions;

namespace LlmKick.Transformers.Families;

/// <summary>HunYuan dense: Llama whose query and key heads are normed after they are rotated.</summary>
internal static class HunYuan
{
    public static Family Row { get; } = new("hunyuan_v1_dense")
    {
        Class = "HunYuanDenseV1ForCausalLM",
        GgufName = "hunyuan-dense",
        Ends = c => new() { FinalNorm = c.Rms("norm"), Tied = c.IsTied() },
        Block = (c, i) => new()
        {
            Flow = Flow.Before(c.Rms("input_layernorm"), c.Rms("post_attention_layernorm")),
            Mixer = new FullAttention(c)
            {
                QkvBias = c.HasBias(Keys.AttentionBias),
                OutputBias = c.HasBias(Keys.AttentionBias),
                QueryNorm = c.QueryNorm(c.HeadWidth, name: "self_attn.query_layernorm"),
                KeyNorm = c.KeyNorm(c.HeadWidth, name: "self_attn.key_layernorm"),
                RotatesFirst = true,
                Rotary = new Rotary(c).Of(),
            },
            Feed = new Gated(c, c.Activation(Activation.Silu)),
        },
    };
}
