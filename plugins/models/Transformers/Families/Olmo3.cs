using LlmKick.Transformers.Blocks;
using LlmKick.Transformers.Configuration;
using LlmKick.Transformers.Ends;
using LlmKick.Transformers.Feeds;
using LlmKick.Transformers.Layers;
using LlmKick.Transformers.Mixers;
using LlmKick.Transformers.Positions;

namespace LlmKick.Transformers.Families;

/// <summary>OLMo 3: OLMo 2 with a window in three of four blocks, which keep the rotation that the others scale.</summary>
internal static class Olmo3
{
    public static Family Row { get; } = new("olmo3")
    {
        Class = "Olmo3ForCausalLM",
        GgufName = "olmo2",
        GgufKey = Keys.Window.Gguf,
        Ends = c => new() { FinalNorm = c.Rms("norm"), Tied = c.IsTied() },
        Block = (c, i) => new()
        {
            Flow = Flow.After(c.Rms("post_attention_layernorm"), c.Rms("post_feedforward_layernorm")),
            Mixer = Olmo2.Attention(c) with
            {
                Window = c.WindowOf(i, IsSliding),
                Rotary = new Rotary(c) { Base = 500_000, LocalBase = c.IsGguf ? c.Number(Keys.RotaryBase, 500_000) : 500_000 }
                    .Of(c.IsSliding(i, IsSliding)),
            },
            Feed = new Gated(c, c.Activation(Activation.Silu)),
        },
    };

    private static bool IsSliding(int block) => (block + 1) % 4 != 0;
}
