using LlmKick.Transformers.Blocks;
using LlmKick.Transformers.Configuration;
using LlmKick.Transformers.Feeds;
using LlmKick.Transformers.Layers;
using LlmKick.Transformers.Mixers;
using LlmKick.Transformers.Positions;

namespace LlmKick.Transformers.Families;

/// <summary>Granite 3 with experts: Granite's multipliers, the greatest logits weighed by a softmax over those.</summary>
internal static class GraniteMoe
{
    public static Family Row { get; } = new("granitemoe")
    {
        Class = "GraniteMoeForCausalLM",
        GgufName = "granitemoe",
        Spellings = ["num_local_experts"],
        GgufPairs = true,
        Ends = Granite.Row.Ends,
        Block = (c, i) => Granite.Row.Block(c, i) with
        {
            Feed = new Experts(c.Router(RouterScore.SoftmaxOfChosen) with
            {
                Name = "block_sparse_moe.router.layer",
                Others = ["block_sparse_moe.router"],
            }, c.FeedForwardWidth, c.Activation(Activation.Silu))
            {
                Module = "block_sparse_moe.experts",
                Stacks =
                [
                    new("block_sparse_moe.input_linear.weight", "block_sparse_moe.output_linear.weight"),
                    new("block_sparse_moe.experts.gate_up_proj", "block_sparse_moe.experts.down_proj"),
                ],
            },
        },
    };

    /// <summary>The part beside the experts that every token has, gate and up in one matrix; null where it has no width.</summary>
    public static Gated? SharedOf(ModelConfig c) =>
        (c.IsGguf ? c.Fields.Count(Keys.SharedExpertWidth) : c.Fields.Count("shared_intermediate_size")) is > 0 and var width
            ? SharedOf(c, width, (c.Fields.Count(Keys.Experts) ?? 0) > 0 ? "_shexp" : "") : null;

    /// <param name="c">The configuration.</param>
    /// <param name="width">Numbers between.</param>
    /// <param name="suffix">What stands behind the names of its tensors in GGUF files.</param>
    public static Gated SharedOf(ModelConfig c, int width, string suffix) => new(c.Width, width, c.Activation(Activation.Silu))
    {
        Fused = "shared_mlp.input_linear",
        IsSplitInGguf = true,
        Down = "shared_mlp.output_linear",
        GgufSuffix = suffix,
    };
}
