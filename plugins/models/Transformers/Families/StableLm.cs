using LlmKick.Transformers.Blocks;
using LlmKick.Transformers.Configuration;
using LlmKick.Transformers.Ends;
using LlmKick.Transformers.Feeds;
using LlmKick.Transformers.Layers;
using LlmKick.Transformers.Mixers;
using LlmKick.Transformers.Positions;

namespace LlmKick.Transformers.Families;

/// <summary>StableLM 2 and 3B: LayerNorm, rotation of a quarter of a head.</summary>
internal static class StableLm
{
    public static Family Row { get; } = new("stablelm")
    {
        Aliases = ["stablelm_epoch"],
        Class = "StableLmForCausalLM",
        GgufName = "stablelm",
        Spellings = ["use_qkv_bias"],
        Ends = c => new() { FinalNorm = c.Layer("norm"), Tied = c.IsTied() },
        Block = (c, i) => new()
        {
            Flow = c.Flag(Keys.ParallelBlocks)
                ? Flow.Parallel(c.Layer("input_layernorm"))
                : Flow.Before(c.Layer("input_layernorm"), c.Layer("post_attention_layernorm")),
            Mixer = new FullAttention(c) { QkvBias = c.HasBias(Keys.QkvBias), Rotary = new Rotary(c) { Share = 0.25 }.Of() },
            Feed = new Gated(c, c.Activation(Activation.Silu)),
        },
    };
}
