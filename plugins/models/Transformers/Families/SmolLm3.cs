using LlmKick.Transformers.Blocks;
using LlmKick.Transformers.Configuration;
using LlmKick.Transformers.Ends;
using LlmKick.Transformers.Feeds;
using LlmKick.Transformers.Layers;
using LlmKick.Transformers.Mixers;
using LlmKick.Transformers.Positions;

namespace LlmKick.Transformers.Families;

/// <summary>SmolLM 3: Llama whose every fourth block does not rotate.</summary>
internal static class SmolLm3
{
    public static Family Row { get; } = new("smollm3")
    {
        Class = "SmolLM3ForCausalLM",
        GgufName = "smollm3",
        GgufNote = spec => Enumerable.Range(0, spec.BlockCount)
            .All(block => spec.Block(block).Mixer is FullAttention { Rotary: null } == (block % 4 == 3))
            ? GgufNotes.NoWindow(spec) : "llama.cpp leaves every fourth block of SmolLM 3 without rotation, this model other ones",
        GgufPairs = true,
        TiedUnlessSaid = true,
        Idle = ["max_window_layers", "no_rope_layer_interval", "use_sliding_window", "sliding_window"],
        Ends = c => new() { FinalNorm = c.Rms("norm"), Tied = c.IsTied(true) },
        Block = (c, i) => new()
        {
            Flow = Flow.Before(c.Rms("input_layernorm"), c.Rms("post_attention_layernorm")),
            Mixer = new FullAttention(c)
            {
                QkvBias = c.HasBias(Keys.AttentionBias),
                OutputBias = c.HasBias(Keys.AttentionBias),
                Window = c.IsSliding(i, _ => false) ? c.Fields.Size(Keys.Window, int.MaxValue) : null,
                Rotary = IsRotated(c, i) ? new Rotary(c) { Base = 2_000_000 }.Of() : null,
            },
            Feed = new Gated(c, c.Activation(Activation.Silu)) { HasBias = c.HasBias(Keys.FeedForwardBias) },
        },
    };

    private static bool IsRotated(ModelConfig c, int block) => c.Fields.Numbers(Keys.Unrotated) is { } rotated && block < rotated.Count
        ? rotated[block] != 0
        : (block + 1) % (c.Fields.Size(Keys.UnrotatedInterval) ?? 4) != 0;
}
