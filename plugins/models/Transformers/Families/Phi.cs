using LlmKick.Transformers.Blocks;
using LlmKick.Transformers.Configuration;
using LlmKick.Transformers.Ends;
using LlmKick.Transformers.Feeds;
using LlmKick.Transformers.Layers;
using LlmKick.Transformers.Mixers;
using LlmKick.Transformers.Positions;

namespace LlmKick.Transformers.Families;

/// <summary>Phi 1, 1.5 and 2 (arXiv 2309.05463): one LayerNorm before attention and feed-forward side by side, biases everywhere.</summary>
internal static class Phi
{
    public static Family Row { get; } = new("phi")
    {
        Class = "PhiForCausalLM",
        GgufName = "phi2",
        Ends = c => new() { FinalNorm = c.Layer("final_layernorm"), HeadBias = true, Tied = c.IsTied() },
        Block = (c, i) => new()
        {
            Flow = Flow.Parallel(c.Layer("input_layernorm")),
            Mixer = new FullAttention(c) { Output = "dense", QkvBias = true, OutputBias = true,
                Rotary = new Rotary(c) { Share = 0.5 }.Of() },
            Feed = new Plain(c, c.Activation(Activation.GeluTanh)) { HasBias = true },
        },
    };
}
