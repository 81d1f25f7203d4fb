using LlmKick.Transformers.Blocks;
using LlmKick.Transformers.Configuration;
using LlmKick.Transformers.Ends;
using LlmKick.Transformers.Feeds;
using LlmKick.Transformers.Layers;
using LlmKick.Transformers.Mixers;
using LlmKick.Transformers.Positions;

namespace LlmKick.Transformers.Families;

/// <summary>Seed-OSS: Llama with biases on queries, keys and values alone.</summary>
internal static class SeedOss
{
    public static Family Row { get; } = new("seed_oss")
    {
        Class = "SeedOssForCausalLM",
        GgufName = "seed_oss",
        Ends = c => new() { FinalNorm = c.Rms("norm"), Tied = c.IsTied() },
        Block = (c, i) => new()
        {
            Flow = Flow.Before(c.Rms("input_layernorm"), c.Rms("post_attention_layernorm") with { Gguf = "post_attention_norm" }),
            Mixer = new FullAttention(c)
            {
                QkvBias = c.HasBias(Keys.AttentionBias, true),
                OutputBias = c.HasBias(Keys.OutputBias),
                Rotary = new Rotary(c).Of(),
            },
            Feed = new Gated(c, c.Activation(Activation.Silu)) { HasBias = c.HasBias(Keys.FeedForwardBias) },
        },
    };
}
