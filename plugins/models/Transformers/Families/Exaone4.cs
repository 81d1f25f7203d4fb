using LlmKick.Transformers.Blocks;
using LlmKick.Transformers.Configuration;
using LlmKick.Transformers.Ends;
using LlmKick.Transformers.Feeds;
using LlmKick.Transformers.Layers;
using LlmKick.Transformers.Mixers;
using LlmKick.Transformers.Positions;

namespace LlmKick.Transformers.Families;

/// <summary>EXAONE 4 (arXiv 2507.11407): norms after both parts and of each head of queries and keys; where blocks have windows, only those
/// rotate.</summary>
internal static class Exaone4
{
    public static Family Row { get; } = new("exaone4")
    {
        Class = "Exaone4ForCausalLM",
        GgufName = "exaone4",
        GgufNote = spec => spec.BlockCount == 64 ? null : GgufNotes.NoWindow(spec),
        Idle = ["sliding_window_pattern"],
        Ends = c => new() { FinalNorm = c.Rms("norm"), Tied = c.IsTied() },
        Block = (c, i) => new()
        {
            Flow = Flow.After(c.Rms("post_attention_layernorm"), c.Rms("post_feedforward_layernorm")),
            Mixer = new FullAttention(c)
            {
                QueryNorm = c.QueryNorm(c.HeadWidth),
                KeyNorm = c.KeyNorm(c.HeadWidth),
                Window = c.WindowOf(i, _ => false),
                Rotary = c.Window is null || c.IsSliding(i, _ => false) ? new Rotary(c).Of() : null,
            },
            Feed = new Gated(c, c.Activation(Activation.Silu)),
        },
    };
}
