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
        Root = "transformer",
        BlockList = "h",
        TiedUnlessSaid = true,
        Idle = ["n_ctx", "reorder_and_upcast_attn", "summary_activation", "summary_first_dropout", "summary_proj_to_labels", "summary_type", "summary_use_proj", "task_specific_params"],
        Ends = c => new()
        {
            Embedding = "wte", Positions = new("wpe", c.Context), FinalNorm = c.Layer("ln_f"), Tied = c.IsTied(true),
        },
        Block = (c, i) => new()
        {
            Flow = Flow.Before(c.Layer("ln_1"), c.Layer("ln_2")),
            Mixer = new FullAttention(c)
            {
                Module = "attn", Fused = "c_attn", Output = "c_proj", Transposed = true, QkvBias = true, OutputBias = true, Scale = Scale(c, i),
            },
            Feed = new Plain(c.Width, c.Fields.Size(Keys.FeedForwardWidth) ?? 4 * c.Width, c.Activation(Activation.GeluTanh))
            {
                Up = "mlp.c_fc", Down = "mlp.c_proj", HasBias = true, Transposed = true,
            },
        },
    };

    private static double Scale(ModelConfig c, int block) => (c.Fields.Flag("scale_attn_weights") is false ? 1 : 1 / Math.Sqrt(c.HeadWidth))
        / (c.Fields.Flag("scale_attn_by_inverse_layer_idx") is true ? block + 1 : 1);
}
