using LlmKick.Transformers.Blocks;
using LlmKick.Transformers.Configuration;
using LlmKick.Transformers.Ends;
using LlmKick.Transformers.Feeds;
using LlmKick.Transformers.Layers;
using LlmKick.Transformers.Mixers;
using LlmKick.Transformers.Positions;

namespace LlmKick.Transformers.Families;

/// <summary>Qwen 3 (Yang et al., arXiv 2505.09388): Llama with an RMS norm of each head of queries and keys.</summary>
internal static class Qwen3
{
    public static Family Row { get; } = new("qwen3")
    {
        Aliases = ["qwen3_vl_text"],
        Class = "Qwen3ForCausalLM",
        GgufName = "qwen3",
        GgufNote = GgufNotes.NoWindow,
        Idle = ["max_window_layers", "sliding_window"],
        Ends = c => new() { FinalNorm = c.Rms("norm"), Tied = c.IsTied() },
        Block = (c, i) => new()
        {
            Flow = Flow.Before(c.Rms("input_layernorm"), c.Rms("post_attention_layernorm")),
            Mixer = new FullAttention(c)
            {
                QkvBias = c.HasBias(Keys.AttentionBias),
                OutputBias = c.HasBias(Keys.AttentionBias),
                QueryNorm = c.QueryNorm(c.HeadWidth),
                KeyNorm = c.KeyNorm(c.HeadWidth),
                Window = Qwen2.WindowOf(c, i),
                Rotary = new Rotary(c).Of(),
            },
            Feed = new Gated(c, c.Activation(Activation.Silu)),
        },
    };
}
