using LlmKick.Transformers.Blocks;
using LlmKick.Transformers.Configuration;
using LlmKick.Transformers.Ends;
using LlmKick.Transformers.Feeds;
using LlmKick.Transformers.Layers;
using LlmKick.Transformers.Mixers;
using LlmKick.Transformers.Positions;

namespace LlmKick.Transformers.Families;

/// <summary>Arcee's AFM: Llama with down(relu(up x)²) and no gate.</summary>
internal static class Arcee
{
    public static Family Row { get; } = new("arcee")
    {
        Class = "ArceeForCausalLM",
        GgufName = "arcee",
        GgufPairs = true,
        Ends = c => new() { FinalNorm = c.Rms("norm"), Tied = c.IsTied() },
        Block = (c, i) => new()
        {
            Flow = Flow.Before(c.Rms("input_layernorm"), c.Rms("post_attention_layernorm")),
            Mixer = new FullAttention(c)
            {
                QkvBias = c.HasBias(Keys.AttentionBias),
                OutputBias = c.HasBias(Keys.AttentionBias),
                Rotary = new Rotary(c).Of(),
            },
            Feed = new Plain(c, c.Activation(Activation.SquaredRelu)) { Up = "mlp.up_proj", Down = "mlp.down_proj",
                HasBias = c.HasBias(Keys.FeedForwardBias) },
        },
    };
}
