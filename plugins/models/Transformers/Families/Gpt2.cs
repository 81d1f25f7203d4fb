using LlmKick.Transformers.Blocks;
using LlmKick.Transformers.Configuration;
using LlmKick.Transformers.Ends;
using LlmKick.Transformers.Feeds;
using LlmKick.Transformers.Layers;
using LlmKick.Transformers.Mixers;
using LlmKick.Transformers.Positions;

namespace LlmKick.Transformers.Families;

/// <summary>GPT-2: learned positions, fused queries, keys and values, matrices stored as [inputs, outputs].</summary>
internal static class Gpt2
{
    public static Family Row { get; } = new("gpt2")
    {
        Class = "GPT2LMHeadModel",
        GgufName = "gpt2",
        GgufFault = spec => spec.Block(0).Mixer is FullAttention { Scale: var scale, HeadWidth: var width } && scale * Math.Sqrt(width) is 1
            && HasOneScale(spec)
            ? null : "llama.cpp scales the scores of all of GPT-2's blocks by 1 / √(head width), and this model scales them otherwise",
        Spellings = ["n_embd", "n_layer", "n_head", "n_inner", "n_positions", "activation_function", "layer_norm_epsilon"],
        Root = "transformer",
        BlockList = "h",
        TiedUnlessSaid = true,
        Idle = ["n_ctx", "reorder_and_upcast_attn", "summary_activation", "summary_first_dropout", "summary_proj_to_labels", "summary_type",
            "summary_use_proj", "task_specific_params"],
        Ends = c => new()
        {
            Embedding = "wte", Positions = new("wpe", c.Context), FinalNorm = c.Layer("ln_f"), Tied = c.IsTied(true),
        },
        Block = (c, i) => new()
        {
            Flow = Flow.Before(c.Layer("ln_1"), c.Layer("ln_2")),
            Mixer = new FullAttention(c)
            {
                Module = "attn", Fused = "c_attn", Output = "c_proj", Transposed = true, QkvBias = true, OutputBias = true,
                Scale = Scale(c, i),
            },
            Feed = new Plain(c.Width, c.Fields.Size(Keys.FeedForwardWidth) ?? 4 * c.Width, c.Activation(Activation.GeluTanh))
            {
                Up = "mlp.c_fc", Down = "mlp.c_proj", HasBias = true, Transposed = true,
            },
        },
    };

    private static bool HasOneScale(ModelSpec spec) =>
        spec.BlockCount == 1 || ((FullAttention)spec.Block(1).Mixer).Scale == ((FullAttention)spec.Block(0).Mixer).Scale;

    private static double Scale(ModelConfig c, int block) => (c.Fields.Flag("scale_attn_weights") is false ? 1 : 1 / Math.Sqrt(c.HeadWidth))
        / (c.Fields.Flag("scale_attn_by_inverse_layer_idx") is true ? block + 1 : 1);
}
