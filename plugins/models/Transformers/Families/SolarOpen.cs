using LlmKick.Transformers.Configuration;
using LlmKick.Transformers.Mixers;
using LlmKick.Transformers.Positions;

namespace LlmKick.Transformers.Families;

/// <summary>Solar Open: GLM 4.5's experts in every block, no norms of queries and keys, whole heads rotated.</summary>
internal static class SolarOpen
{
    public static Family Row { get; } = new("solar_open")
    {
        Class = "SolarOpenForCausalLM",
        Spellings = ["n_routed_experts"],
        Idle = [.. Glm4Moe.Row.Idle, "first_k_dense_replace", "intermediate_size"],
        Ends = Glm4Moe.Row.Ends,
        Block = (c, i) => Glm4Moe.Row.Block(c, i) is var block
            ? block with
            {
                Mixer = (FullAttention)block.Mixer with { QueryNorm = null, KeyNorm = null, Rotary = new Rotary(c).Of() },
                Feed = c.CorrectedExperts("mlp.gate.e_score_correction_bias"),
            }
            : block,
    };
}
