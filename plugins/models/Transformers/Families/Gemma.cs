using LlmKick.Transformers.Blocks;
using LlmKick.Transformers.Configuration;
using LlmKick.Transformers.Ends;
using LlmKick.Transformers.Feeds;
using LlmKick.Transformers.Layers;
using LlmKick.Transformers.Mixers;
using LlmKick.Transformers.Positions;

namespace LlmKick.Transformers.Families;

/// <summary>Gemma (arXiv 2403.08295): embeddings × √width, norms of 1 + w, a gate of tanh-GELU whatever form of GELU is named.</summary>
internal static class Gemma
{
    public static Family Row { get; } = new("gemma")
    {
        Class = "GemmaForCausalLM",
        GgufName = "gemma",
        TiedUnlessSaid = true,
        Idle = ["hidden_activation"],
        Ends = c => new() { EmbeddingScale = Math.Sqrt(c.Width), RoundsScale = true, FinalNorm = c.Rms("norm", 1), Tied = c.IsTied(true) },
        Block = (c, i) => new()
        {
            Flow = Flow.Before(c.Rms("input_layernorm", 1), c.Rms("post_attention_layernorm", 1)),
            Mixer = new FullAttention(c) { QkvBias = c.HasBias(Keys.AttentionBias), OutputBias = c.HasBias(Keys.AttentionBias),
                Rotary = new Rotary(c).Of() },
            Feed = new Gated(c, c.GeluActivation("hidden_act")),
        },
    };
}
