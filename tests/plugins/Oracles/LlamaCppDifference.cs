using LlmKick.Transformers.Mixers;
using LlmKick.Transformers.Positions;

namespace LlmKick.Tests.Oracles;

/// <summary>Where llama.cpp computes a family otherwise than its reference, and by how much.</summary>
/// <param name="Nats">The greatest difference of a log-probability over the folder's two sequences of 96 tokens.</param>
/// <param name="Attention">The attention that llama.cpp computes in a block; null where only its GELU differs, which it takes from a table
/// of 16 bits.</param>
internal sealed record LlamaCppDifference(double Nats, Func<FullAttention, int, FullAttention>? Attention = null)
{
    private static readonly Func<FullAttention, int, FullAttention> NoWindow = (attention, _) => attention with { Window = null };
    private static readonly Func<FullAttention, int, FullAttention> WithBorders = (attention, _) => attention.Rotary is { Scaling:
        YarnScaling yarn } rotary ? attention with { Rotary = rotary with { Scaling = yarn with { Truncate = true } } } : attention;
    private static readonly Func<FullAttention, int, FullAttention> UsualScale = (attention, _) => attention with { Scale = null };

    /// <summary>
    /// How far our computation of the same may be from it. A sum that differs in its last bit can fall on another step of the table of
    /// GELU, so that where blocks have several GELUs the two are 2.6e-3 apart.
    /// </summary>
    public double Remainder { get; init; } = 2e-3;

    public static IReadOnlyDictionary<string, LlamaCppDifference> ByFolder { get; } = new Dictionary<string, LlamaCppDifference>
    {
        // The table of GELU; the exact form is the tanh form there.
        ["gemma"] = new(3.7e-3),
        ["gemma4"] = new(1.2e-2) { Remainder = 4e-3 },
        ["gemma4-global-keys"] = new(1.2e-2) { Remainder = 4e-3 },
        ["phi"] = new(6.6e-3),
        ["starcoder2"] = new(1.5e-3),
        ["gpt2"] = new(2.0e-3),
        ["gpt2-unprefixed"] = new(2.0e-3),
        ["gpt-neox"] = new(3.5e-3),
        ["gpt-neox-v4"] = new(3.5e-3),
        ["falcon"] = new(4.2e-3),
        ["falcon-40b"] = new(2.5e-3),
        ["bloom"] = new(2.3e-3),
        ["bloom-unprefixed"] = new(2.3e-3),
        ["mpt"] = new(2.4e-3),

        // Windows that these architectures do not have there.
        ["mistral-window"] = new(9.1, NoWindow),
        ["qwen2-window"] = new(5.2, NoWindow),
        ["wrapped-llava"] = new(5.2, NoWindow),

        // It looks at windows in 64 blocks only, and rotates every block where there are none.
        ["exaone4"] = new(5.5, (attention, _) => attention with { Window = null, Rotary = new RotarySpec(1_000_000, attention.HeadWidth) }),

        // Scores are divided by the root of the head width, whatever query_pre_attn_scalar says.
        ["gemma2"] = new(0.45, UsualScale),
        ["gemma3"] = new(1.1, UsualScale),
        ["gemma3-v4"] = new(1.1, UsualScale),
        ["wrapped-gemma3"] = new(1.1, UsualScale),

        // Every fourth block is not rotated, whatever no_rope_layers says.
        ["smollm3"] = new(2.1, (attention, block) =>
            attention with { Rotary = block % 4 == 3 ? null : new RotarySpec(2_000_000, attention.HeadWidth) }),

        // The border dimensions of YaRN are rounded, whatever truncate says.
        ["gpt_oss"] = new(8.7, WithBorders),
        ["gpt_oss-mxfp4"] = new(10.9, WithBorders),

        // Dynamic NTK scaling is unknown there.
        ["llama-dynamic"] = new(6.8, (attention, _) => attention with { Rotary = attention.Rotary! with { Scaling = null } }),

        // The room that is asked for, at least 256 tokens, decides which factors are taken, not the text.
        ["phi3-longrope-short"] = new(7.7, (attention, _) => attention.Rotary is { Scaling: LongRope scaling } rotary
            ? attention with { Rotary = rotary with { Scaling = scaling with { Short = scaling.Long } } } : attention),
    };
}
