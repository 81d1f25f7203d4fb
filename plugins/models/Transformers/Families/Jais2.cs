using LlmKick.Transformers.Blocks;
using LlmKick.Transformers.Configuration;
using LlmKick.Transformers.Ends;
using LlmKick.Transformers.Feeds;
using LlmKick.Transformers.Layers;
using LlmKick.Transformers.Mixers;
using LlmKick.Transformers.Positions;

namespace LlmKick.Transformers.Families;

/// <summary>Jais 2: Llama's block with LayerNorms, down(relu(up x)²), and biases in every linear.</summary>
internal static class Jais2
{
    public static Family Row { get; } = new("jais2")
    {
        Class = "Jais2ForCausalLM",
        GgufName = "jais2",
        Ends = c => new() { FinalNorm = c.Layer("norm"), Tied = c.IsTied() },
        Block = (c, i) => new()
        {
            Flow = Flow.Before(c.Layer("input_layernorm"), c.Layer("post_attention_layernorm")),
            Mixer = new FullAttention(c) { QkvBias = c.HasBias(Keys.AttentionBias, true), OutputBias = c.HasBias(Keys.AttentionBias, true),
                Rotary = new Rotary(c).Of() },
            Feed = new Plain(c, c.Activation(Activation.SquaredRelu)) { Up = "mlp.up_proj", Down = "mlp.down_proj",
                HasBias = c.HasBias(Keys.FeedForwardBias, true) },
        },
    };
}
