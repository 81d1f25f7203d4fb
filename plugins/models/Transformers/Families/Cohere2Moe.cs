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
        Block = (c, i) => Normed(c, Cohere2.Block(c, i, fullFirst: true)) is var block && c.IsBeforeExperts(i)
            ? block with
            {
                Mixer = (FullAttention)block.Mixer with { Rotary = new Rotary(c) { Interleaved = true }.Of() },
                Feed = new Gated(c.Width, c.Fields.Size("prefix_dense_intermediate_size") ?? c.FeedForwardWidth,
                    c.Activation(Activation.Silu)),
            }
            : block with { Feed = Of(c) },
    };

    private static BlockSpec Normed(ModelConfig c, BlockSpec block) => block with { Flow = Flow.Parallel(Norm(c, "input_layernorm")) };

    /// <summary>An RMS norm where its ε is set, or else a LayerNorm.</summary>
    private static NormSpec Norm(ModelConfig c, string name) =>
        (c.IsGguf ? c.Number(Keys.RmsEpsilon) : c.Fields.Number(Keys.RmsEpsilon.Name)) is null ? c.Layer(name, bias: false) : c.Rms(name);

    private static Experts Of(ModelConfig c) => new(Router(c), ExpertWidth(c), c.Activation(Activation.Silu))
    {
        Shared = c.SharedExpert("mlp.shared_experts", (c.Fields.Count(Keys.SharedExperts) ?? 0) * ExpertWidth(c) is > 0 and var width
            ? width : null, c.Activation(Activation.Silu)),
        Factor = c.IsGguf ? (c.Fields.Count(Keys.SharedExperts) ?? 0) > 0 ? 0.5 : 1
            : c.Fields.Text("shared_expert_combination_strategy") switch
        {
            "average" => 0.5,
            null or "sum" => 1,
            var other => throw new LlmKickException($"'{c.Path}' joins experts and shared expert by '{other}' "
                + "(shared_expert_combination_strategy), which is not supported; supported: average, sum."),
        },
    };

    private static RouterSpec Router(ModelConfig c)
    {
        var score = c.IsGguf ? c.Fields.Size("expert_gating_func") == 1 ? RouterScore.SoftmaxOfChosen : RouterScore.Sigmoid
            : c.Fields.Text("expert_selection_fn") switch
        {
            null or "sigmoid" => RouterScore.Sigmoid,
            "softmax" => RouterScore.SoftmaxOfChosen,
            var other => throw new LlmKickException($"'{c.Path}' weighs experts by '{other}' (expert_selection_fn), which is not "
                + "supported; supported: sigmoid, softmax."),
        };
        // A softmax over the chosen is, in GGUF files, one over all that is made to sum to 1.
        return c.Router(score) with { Normalized = c.Flag(Keys.NormalizesExperts) || score == RouterScore.SoftmaxOfChosen };
    }

    private static int ExpertWidth(ModelConfig c) => c.IsGguf ? c.ExpertWidth() : c.FeedForwardWidth;

    /// <summary>llama.cpp always halves the sum of experts and shared expert, and rotates dense blocks and those with a window.</summary>
    private static string? Fault(ModelSpec spec) =>
        GgufNotes.ExpertsOf(spec).FirstOrDefault(experts => experts.Factor != (experts.Shared is null ? 1 : 0.5)) is { } experts
            ? "llama.cpp takes the mean of experts and shared expert in the architecture 'cohere2moe', this model "
                + (experts.Shared is null ? "has none of the latter" : "their sum") + " (shared_expert_combination_strategy)"
            : GgufNotes.Window(spec) is null ? "llama.cpp wants windows in the architecture 'cohere2moe', and this model has none" : null;
}
