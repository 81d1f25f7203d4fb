using LlmKick.Transformers.Blocks;
using LlmKick.Transformers.Configuration;
using LlmKick.Transformers.Ends;
using LlmKick.Transformers.Feeds;
using LlmKick.Transformers.Layers;
using LlmKick.Transformers.Mixers;
using LlmKick.Transformers.Positions;

namespace LlmKick.Transformers.Families;

/// <summary>Llama 1 to 3.x, and all that keep to its shape: Vicuna, Yi, TinyLlama, SmolLM2 (Touvron et al., arXiv 2302.13971).</summary>
internal static class Llama
{
    public static Family Row { get; } = new("llama")
    {
        Class = "LlamaForCausalLM",
        GgufName = "llama",
        GgufPairs = true,
        Idle = ["is_llama_config", "pretraining_tp", "rope_interleaved"],
        Ends = c => new() { FinalNorm = c.Rms("norm"), Tied = c.IsTied() },
        Block = (c, i) => new()
        {
            Flow = Flow.Before(c.Rms("input_layernorm"), c.Rms("post_attention_layernorm")),
            Mixer = new FullAttention(c)
            {
                QkvBias = c.HasBias(Keys.AttentionBias),
                OutputBias = c.HasBias(Keys.AttentionBias),
                Rotary = new Rotary(c).Of(),
            },
            Feed = new Gated(c, c.Activation(Activation.Silu)) { HasBias = c.HasBias(Keys.FeedForwardBias) },
        },
    };
}
