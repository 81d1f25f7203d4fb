using LlmKick.Transformers.Feeds;
using LlmKick.Transformers.Mixers;

namespace LlmKick.Transformers.Families;

/// <summary>Granite with experts and windows, and a shared expert that nothing weighs.</summary>
internal static class GraniteMoeSwa
{
    public static Family Row { get; } = new("granitemoe_swa")
    {
        Class = "GraniteMoeSWAForCausalLM",
        TiedUnlessSaid = true,
        Ends = GraniteSwa.Row.Ends,
        Block = (c, i) => GraniteMoe.Row.Block(c, i) is var block
            ? block with
            {
                Mixer = GraniteSwa.Of(c, i, (FullAttention)block.Mixer),
                Feed = (Experts)block.Feed with { Shared = GraniteMoe.SharedOf(c) },
            }
            : block,
    };
}
