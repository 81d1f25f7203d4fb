using LlmKick.Transformers.Blocks;
using LlmKick.Transformers.Configuration;
using LlmKick.Transformers.Feeds;
using LlmKick.Transformers.Layers;
using LlmKick.Transformers.Mixers;
using LlmKick.Transformers.Positions;

namespace LlmKick.Transformers.Families;

/// <summary>Qwen 3 Next: Qwen 3.5's parts with projections in the order of key heads, and experts.</summary>
internal static class Qwen3Next
{
    public static Family Row { get; } = new("qwen3_next")
    {
        Class = "Qwen3NextForCausalLM",
        GgufName = "qwen3next",
        GgufFault = spec => GgufNotes.DeltaFault(spec) ?? GgufNotes.UnlessExpertsSumToOne(spec, isOne: true),
        Idle = Qwen35.Idle,
        Ends = Qwen35.Row.Ends,
        Block = (c, i) => Qwen35.Block(c, i, Feed(c, i)) is var block && block.Mixer is GatedDelta delta
            ? block with { Mixer = delta with { Layout = DeltaLayout.ByKeyHead, TakesTurnsInGguf = false } } : block,
    };

    private static IFeedSpec Feed(ModelConfig c, int block) => c.IsDense(block) ? new Gated(c, c.Activation(Activation.Silu))
        : Qwen35Moe.Experts(c, c.IsGguf || c.Flag(Keys.NormalizesExperts, otherwise: true));
}
