using LlmKick.Transformers.Blocks;
using LlmKick.Transformers.Configuration;
using LlmKick.Transformers.Ends;
using LlmKick.Transformers.Feeds;
using LlmKick.Transformers.Layers;
using LlmKick.Transformers.Mixers;
using LlmKick.Transformers.Positions;

namespace LlmKick.Transformers.Families;

/// <summary>StarCoder 2 (arXiv 2402.19173): LayerNorm, a plain feed-forward part, biases everywhere.</summary>
internal static class StarCoder2
{
    public static Family Row { get; } = new("starcoder2")
    {
        Class = "Starcoder2ForCausalLM",
        GgufName = "starcoder2",
        GgufNote = GgufNotes.NoWindow,
        Spellings = ["norm_epsilon", "use_bias"],
        TiedUnlessSaid = true,
        Idle = ["mlp_type", "norm_type"],
        Ends = c => new() { FinalNorm = c.Layer("norm"), Tied = c.IsTied(true) },
        Block = (c, i) => new()
        {
            Flow = Flow.Before(c.Layer("input_layernorm"), c.Layer("post_attention_layernorm")),
            Mixer = new FullAttention(c)
            {
                QkvBias = c.HasBias(Keys.Bias, true), OutputBias = c.HasBias(Keys.Bias, true), Window = c.WindowOf(i, _ => true),
                Rotary = new Rotary(c).Of(),
            },
            Feed = new Plain(c, c.Activation(Activation.GeluTanh)) { Up = "mlp.c_fc", Down = "mlp.c_proj",
                HasBias = c.HasBias(Keys.Bias, true) },
        },
    };
}
