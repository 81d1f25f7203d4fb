using LlmKick.Transformers.Blocks;
using LlmKick.Transformers.Configuration;
using LlmKick.Transformers.Ends;
using LlmKick.Transformers.Feeds;
using LlmKick.Transformers.Layers;
using LlmKick.Transformers.Mixers;
using LlmKick.Transformers.Positions;

namespace LlmKick.Transformers.Families;

/// <summary>Mistral (Jiang et al., arXiv 2310.06825): Llama with a window in all blocks where one is set.</summary>
internal static class Mistral
{
    public static Family Row { get; } = new("mistral")
    {
        Class = "MistralForCausalLM",
        GgufName = "llama",
        GgufNote = GgufNotes.NoWindow,
        GgufKey = Keys.Window.Gguf,
        GgufPairs = true,
        Ends = c => new() { FinalNorm = c.Rms("norm"), Tied = c.IsTied() },
        Block = (c, i) => new()
        {
            Flow = Flow.Before(c.Rms("input_layernorm"), c.Rms("post_attention_layernorm")),
            Mixer = new FullAttention(c) { Window = c.WindowOf(i, _ => true), Rotary = new Rotary(c).Of() },
            Feed = new Gated(c, c.Activation(Activation.Silu)),
        },
    };
}
