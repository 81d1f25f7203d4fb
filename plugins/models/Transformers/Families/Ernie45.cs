using LlmKick.Transformers.Blocks;
using LlmKick.Transformers.Configuration;
using LlmKick.Transformers.Feeds;
using LlmKick.Transformers.Layers;
using LlmKick.Transformers.Mixers;
using LlmKick.Transformers.Positions;

namespace LlmKick.Transformers.Families;

/// <summary>ERNIE 4.5 dense: Llama with interleaved rotation, and biases in every linear or in none.</summary>
internal static class Ernie45
{
    public static Family Row { get; } = new("ernie4_5")
    {
        Class = "Ernie4_5ForCausalLM",
        GgufName = "ernie4_5",
        TiedUnlessSaid = true,
        Ends = Ernie45Moe.Row.Ends,
        Block = (c, i) => new()
        {
            Flow = Flow.Before(c.Rms("input_layernorm"), c.Rms("post_attention_layernorm")),
            Mixer = new FullAttention(c.Width, c.Heads, c.KeyValueHeads, HeadWidth(c))
            {
                QkvBias = c.HasBias(Keys.Bias),
                OutputBias = c.HasBias(Keys.Bias),
                Rotary = new Rotary(c) { Base = 500_000, Interleaved = true, HeadWidth = HeadWidth(c) }.Of(),
            },
            Feed = new Gated(c, c.Activation(Activation.Silu)) { HasBias = c.HasBias(Keys.Bias) },
        },
    };

    private static int HeadWidth(ModelConfig c) => c.Fields.Has(Keys.HeadWidth) ? c.HeadWidth : 128;
}
