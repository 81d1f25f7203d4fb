using LlmKick.Transformers.Blocks;
using LlmKick.Transformers.Configuration;
using LlmKick.Transformers.Feeds;
using LlmKick.Transformers.Layers;
using LlmKick.Transformers.Mixers;
using LlmKick.Transformers.Positions;

namespace LlmKick.Transformers.Families;

/// <summary>LFM2 with experts: dense at first, then sigmoids with a correction of the choice.</summary>
internal static class Lfm2Moe
{
    public static Family Row { get; } = new("lfm2_moe")
    {
        Class = "Lfm2MoeForCausalLM",
        GgufName = "lfm2moe",
        GgufDenseFirst = true,
        GgufFault = spec => Lfm2.Fault(spec) ?? GgufNotes.UnlessExpertsSumToOne(spec, isOne: true)
            ?? (GgufNotes.ExpertsOf(spec).FirstOrDefault()?.Router.Correction is null
            ? "llama.cpp wants corrections of the choice of experts, and this model has none (use_expert_bias)" : null),
        GgufNote = GgufNotes.NoFactor,
        Spellings = ["norm_eps"],
        TiedUnlessSaid = true,
        Idle = Lfm2.Row.Idle,
        Ends = Lfm2.Row.Ends,
        Block = (c, i) => Lfm2.Block(c, i, IsDense(c, i)
            ? new Gated(c, Activation.Silu) { Gate = "feed_forward.w1", Up = "feed_forward.w3", Down = "feed_forward.w2" }
            : new Experts(c.Router(RouterScore.Sigmoid) with
            {
                Name = "feed_forward.gate",
                Correction = c.Fields.Flag("use_expert_bias") ?? true ? "feed_forward.expert_bias" : null,
                Normalized = c.IsGguf || c.Flag(Keys.NormalizesExperts, otherwise: true),
                NormEpsilon = 1e-6,
                Factor = c.Number(Keys.ExpertFactor, 1),
            }, c.ExpertWidth(), Activation.Silu)
            {
                Module = "feed_forward.experts",
                Gate = "w1",
                Up = "w3",
                Down = "w2",
                Stacks = [new("feed_forward.experts.gate_up_proj", "feed_forward.experts.down_proj")],
            }),
    };

    private static bool IsDense(ModelConfig c, int block) =>
        c.IsGguf ? c.IsBeforeExperts(block) : block < (c.Fields.Count("num_dense_layers") ?? 0);
}
