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
        GgufName = "cohere2moe",
        GgufDenseFirst = true,
        GgufFullFirst = true,
        GgufFault = Fault,
        Spellings = ["num_shared_experts"],
        TiedUnlessSaid = true,
        Idle = Cohere2.Row.Idle,
        Ends = c => Cohere2.Row.Ends(c) with { FinalNorm = Norm(c, "norm") },
        Block = (c, i) => Normed(c, Cohere2.Block(c, i, DenseBlocks(c), fullFirst: true)) is var block && c.IsBeforeExperts(i)
            ? block with
            {
                Mixer = IsRotatedWhereDense(c) ? (FullAttention)block.Mixer with { Rotary = new Rotary(c) { Interleaved = true }.Of() }
                    : block.Mixer,
                Feed = new Gated(c.Width, c.Fields.Size("prefix_dense_intermediate_size") ?? c.FeedForwardWidth,
                    c.Activation(Activation.Silu)),
            }
            : block with { Feed = Of(c) },
    };

    private static int DenseBlocks(ModelConfig c) => Enumerable.Range(0, c.BlockCount).TakeWhile(c.IsBeforeExperts).Count();

    private static bool IsRotatedWhereDense(ModelConfig c) => c.IsGguf || c.Fields.Size("prefix_dense_sliding_window_pattern") is null or 1;

    private static BlockSpec Normed(ModelConfig c, BlockSpec block) => block with { Flow = Flow.Parallel(Norm(c, "input_layernorm")) };

    /// <summary>An RMS norm where its ε is set, or else a LayerNorm.</summary>
    private static NormSpec Norm(ModelConfig c, string name) =>
        (c.IsGguf ? c.Number(Keys.RmsEpsilon) : c.Fields.Number(Keys.RmsEpsilon.Name)) is null ? c.Layer(name, bias: false) : c.Rms(name);

    private static Experts Of(ModelConfig c) => new(Router(c), ExpertWidth(c), c.Activation(Activation.Silu))
    {
        Shared = c.SharedExpert("mlp.shared_experts", (c.Fields.Count(Keys.SharedExperts) ?? 0) * ExpertWidth(c) is > 0 and var width
            ? width : null, c.Activation(Activation.Silu)),
        Factor = c.Fields.Text("shared_expert_combination_strategy") switch
        {
            _ when (c.Fields.Count(Keys.SharedExperts) ?? 0) == 0 => 1,
            null or "average" => 0.5,
            "sum" => 1,
            var other => throw new LlmKickException($"'{c.Path}' joins experts and shared expert by '{other}' "
                + "(shared_expert_combination_strategy), which is not supported; supported: average, sum."),
        },
    };

    private static RouterSpec Router(ModelConfig c)
    {
        var score = c.IsGguf ? c.Fields.Size("expert_gating_func") == 1 ? RouterScore.SoftmaxOfChosen : RouterScore.Sigmoid
            : c.Fields.Text("expert_selection_fn") switch
        {
            "sigmoid" => RouterScore.Sigmoid,
            null or "softmax" => RouterScore.SoftmaxOfChosen,
            var other => throw new LlmKickException($"'{c.Path}' weighs experts by '{other}' (expert_selection_fn), which is not "
                + "supported; supported: sigmoid, softmax."),
        };
        // A softmax over the chosen is, in GGUF files, one over all that is made to sum to 1.
        return c.Router(score) with
        {
            Normalized = c.Flag(Keys.NormalizesExperts, otherwise: !c.IsGguf) || score == RouterScore.SoftmaxOfChosen,
        };
    }

    private static int ExpertWidth(ModelConfig c) => c.IsGguf ? c.ExpertWidth() : c.FeedForwardWidth;

    /// <summary>llama.cpp always halves the sum of experts and shared expert, and rotates dense blocks and those with a window.</summary>
    private static string? Fault(ModelSpec spec)
    {
        if (GgufNotes.ExpertsOf(spec).Any(experts => experts is { Shared: not null, Factor: 1 }))
            return "llama.cpp takes the mean of experts and shared expert in the architecture 'cohere2moe', this model their sum "
                + "(shared_expert_combination_strategy)";
        if (Enumerable.Range(0, spec.BlockCount).Any(block => spec.Block(block) is { Feed: Gated, Mixer.Rotary: null }))
            return "llama.cpp rotates dense blocks in the architecture 'cohere2moe', and this model does not "
                + "(prefix_dense_sliding_window_pattern)";
        return GgufNotes.Window(spec) is null ? "llama.cpp wants windows in the architecture 'cohere2moe', and this model has none" : null;
    }
}
