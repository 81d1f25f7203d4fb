using LlmKick.Transformers.Blocks;
using LlmKick.Transformers.Configuration;
using LlmKick.Transformers.Mixers;
using LlmKick.Transformers.Positions;

namespace LlmKick.Transformers.Families;

/// <summary>North Micro: Cohere 2's block rotated by halves, in the kinds of blocks that have a rotation.</summary>
internal static class CohereCompass
{
    public static Family Row { get; } = Cohere2.Row with
    {
        Name = "cohere_compass_text",
        Aliases = ["cohere_compass"],
        Class = "CohereCompassForCausalLM",
        GgufName = null,
        Idle = [.. Cohere2.Row.Idle, "sliding_window_pattern"],
        Block = (c, i) => Of(c, Cohere2.Row.Block(c, i), c.IsSliding(i, _ => false)),
    };

    private static BlockSpec Of(ModelConfig c, BlockSpec block, bool sliding) => block with
    {
        Mixer = (FullAttention)block.Mixer with
        {
            Window = sliding ? c.Window : null,
            Rotary = IsRotated(c, sliding) ? new Rotary(c).Of(sliding) : null,
        },
    };

    /// <summary>Rotary settings that are null for a kind of blocks say that those do not rotate.</summary>
    private static bool IsRotated(ModelConfig c, bool sliding)
    {
        var (parameters, kind) = (c.Fields.Section("rope_parameters"), sliding ? "sliding_attention" : "full_attention");
        return parameters is null || !parameters.Has(kind) || parameters.Section(kind) is not null;
    }
}
