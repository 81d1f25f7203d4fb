using LlmKick.Transformers.Configuration;
using LlmKick.Transformers.Mixers;
using LlmKick.Transformers.Positions;

namespace LlmKick.Transformers.Families;

/// <summary>Granite with windows: a sink a head, a base of rotation for each block, or none.</summary>
internal static class GraniteSwa
{
    public static Family Row { get; } = new("granite_swa")
    {
        Class = "GraniteSWAForCausalLM",
        TiedUnlessSaid = true,
        Ends = c => Granite.Row.Ends(c) with { Tied = c.IsTied(true) },
        Block = (c, i) => Granite.Row.Block(c, i) is var block
            ? block with { Mixer = Of(c, i, (FullAttention)block.Mixer) } : block,
    };

    /// <summary>Granite's attention with what blocks of windows have beside.</summary>
    public static FullAttention Of(ModelConfig c, int block, FullAttention attention) => attention with
    {
        Sinks = "sinks",
        Window = c.WindowOf(block, index => index % 4 != 0),
        Rotary = c.NumberOf("layer_rope_theta", block) switch
        {
            0 => null,
            { } own => attention.Rotary! with { Base = own },
            null => attention.Rotary,
        },
    };
}
