using LlmKick.Transformers.Blocks;
using LlmKick.Transformers.Configuration;
using LlmKick.Transformers.Ends;
using LlmKick.Transformers.Feeds;
using LlmKick.Transformers.Layers;
using LlmKick.Transformers.Mixers;
using LlmKick.Transformers.Positions;

namespace LlmKick.Transformers.Families;

/// <summary>Phi 3, 3.5 and 4 (arXiv 2404.14219): Llama with fused projections, and LongRoPE where texts are long.</summary>
internal static class Phi3
{
    public static Family Row { get; } = new("phi3")
    {
        Class = "Phi3ForCausalLM",
        GgufName = "phi3",
        GgufNote = GgufNotes.NoWindow,
        Ends = c => new() { FinalNorm = c.Rms("norm"), Tied = c.IsTied() },
        Block = (c, i) => new()
        {
            Flow = Flow.Before(c.Rms("input_layernorm"), c.Rms("post_attention_layernorm")),
            Mixer = new FullAttention(c) { Fused = "qkv_proj", Window = c.WindowOf(i, _ => true), Rotary = new Rotary(c).Of() },
            Feed = new Gated(c, c.Activation(Activation.Silu)) { Fused = "mlp.gate_up_proj" },
        },
    };
}
