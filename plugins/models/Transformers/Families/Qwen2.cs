using LlmKick.Transformers.Blocks;
using LlmKick.Transformers.Configuration;
using LlmKick.Transformers.Ends;
using LlmKick.Transformers.Feeds;
using LlmKick.Transformers.Layers;
using LlmKick.Transformers.Mixers;
using LlmKick.Transformers.Positions;

namespace LlmKick.Transformers.Families;

/// <summary>Qwen 2 and 2.5, the text models inside Qwen2-VL too (Yang et al., arXiv 2407.10671): Llama with biases on queries, keys and
/// values.</summary>
internal static class Qwen2
{
    public static Family Row { get; } = new("qwen2")
    {
        Aliases = ["qwen2_vl", "qwen2_vl_text", "qwen2_5_vl", "qwen2_5_vl_text"],
        Class = "Qwen2ForCausalLM",
        GgufName = "qwen2",
        GgufNote = GgufNotes.NoWindow,
        Idle = ["max_window_layers", "sliding_window"],
        Ends = c => new() { FinalNorm = c.Rms("norm"), Tied = c.IsTied() },
        Block = (c, i) => new()
        {
            Flow = Flow.Before(c.Rms("input_layernorm"), c.Rms("post_attention_layernorm")),
            Mixer = new FullAttention(c) { QkvBias = true, Window = WindowOf(c, i), Rotary = new Rotary(c).Of() },
            Feed = new Gated(c, c.Activation(Activation.Silu)),
        },
    };

    /// <summary>The window of a block: of those behind the first <c>max_window_layers</c>, where windows are in use.</summary>
    public static int? WindowOf(ModelConfig c, int block) =>
        c.IsGguf || c.Flag(Keys.UsesWindow)
            ? c.WindowOf(block, i => !c.IsGguf && i >= (c.Fields.Count(c.Fields.NameOf(Keys.FullBlocksFirst)) ?? 28)) : c.NoWindow(block);
}
