using LlmKick.Transformers.Blocks;
using LlmKick.Transformers.Configuration;
using LlmKick.Transformers.Ends;
using LlmKick.Transformers.Feeds;
using LlmKick.Transformers.Layers;
using LlmKick.Transformers.Mixers;
using LlmKick.Transformers.Positions;

namespace LlmKick.Transformers.Families;

/// <summary>OPT (Zhang et al., arXiv 2205.01068), the 350m's shape too: embeddings of another width, norms after.</summary>
internal static class Opt
{
    public static Family Row { get; } = new("opt")
    {
        Class = "OPTForCausalLM",
        Root = "model.decoder",
        TiedUnlessSaid = true,
        Idle = ["layer_norm_elementwise_affine"],
        Ends = c => new()
        {
            EmbeddingWidth = c.Fields.Size("word_embed_proj_dim") is { } own && own != c.Width ? own : null,
            Positions = new("embed_positions", c.Context + 2, 2),
            FinalNorm = NormsFirst(c) && c.Fields.Flag("_remove_final_layer_norm") is not true ? c.Layer("final_layer_norm") : null,
            Tied = c.IsTied(true),
        },
        Block = (c, i) => new()
        {
            Flow = NormsFirst(c)
                ? Flow.Before(c.Layer("self_attn_layer_norm"), c.Layer("final_layer_norm"))
                : Flow.Closing(c.Layer("self_attn_layer_norm"), c.Layer("final_layer_norm")),
            Mixer = new FullAttention(c) { Output = "out_proj", QkvBias = c.HasBias(Keys.Bias, true),
                OutputBias = c.HasBias(Keys.Bias, true) },
            Feed = new Plain(c, c.Activation(Activation.Relu)) { Up = "fc1", Down = "fc2", HasBias = c.HasBias(Keys.Bias, true) },
        },
    };

    private static bool NormsFirst(ModelConfig c) => c.Fields.Flag("do_layer_norm_before") ?? true;
}
