using LlmKick.Sdk;
using LlmKick.Transformers.Blocks;
using LlmKick.Transformers.Configuration;
using LlmKick.Transformers.Feeds;
using LlmKick.Transformers.Layers;
using LlmKick.Transformers.Mixers;
using LlmKick.Transformers.Positions;

namespace LlmKick.Transformers.Families;

/// <summary>Command A+ with experts: Cohere 2's parallel block, dense at first, then experts weighed by sigmoids beside a shared
/// one.</summary>
internal static class Cohere2Moe
{
    public static Family Row { get; } = new("cohere2_moe")
    {
        Class = "Cohere2MoeForCausalLM",
        GgufFault = GgufNotes.Unwritten,
        TiedUnlessSaid = true,
        Idle = Cohere2.Row.Idle,
        Ends = Cohere2.Row.Ends,
        Block = (c, i) => Cohere2.Row.Block(c, i) is var block && c.IsBeforeExperts(i)
            ? block with
            {
                Mixer = (FullAttention)block.Mixer with { Rotary = new Rotary(c) { Interleaved = true }.Of() },
                Feed = new Gated(c.Width, c.Fields.Size("prefix_dense_intermediate_size") ?? c.FeedForwardWidth,
                    c.Activation(Activation.Silu)),
            }
            : block with { Feed = Of(c) },
    };

    private static Experts Of(ModelConfig c) => new(c.Router(c.Fields.Text("expert_selection_fn") switch
    {
        null or "sigmoid" => RouterScore.Sigmoid,
        "softmax" => RouterScore.SoftmaxOfChosen,
        var other => throw new LlmKickException($"'{c.Path}' weighs experts by '{other}' (expert_selection_fn), which is not supported; "
            + "supported: sigmoid, softmax."),
    }) with { Normalized = c.Flag(Keys.NormalizesExperts) }, c.FeedForwardWidth, c.Activation(Activation.Silu))
    {
        Shared = c.SharedExpert("mlp.shared_experts", (c.Fields.Count("num_shared_experts") ?? 0) * c.FeedForwardWidth is > 0 and var width
            ? width : null, c.Activation(Activation.Silu)),
        Factor = c.Fields.Text("shared_expert_combination_strategy") switch
        {
            "average" => 0.5,
            null or "sum" => 1,
            var other => throw new LlmKickException($"'{c.Path}' joins experts and shared expert by '{other}' "
                + "(shared_expert_combination_strategy), which is not supported; supported: average, sum."),
        },
    };
}
