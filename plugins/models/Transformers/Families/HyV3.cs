using LlmKick.Transformers.Blocks;
using LlmKick.Transformers.Configuration;
using LlmKick.Transformers.Feeds;
using LlmKick.Transformers.Layers;
using LlmKick.Transformers.Mixers;
using LlmKick.Transformers.Positions;

namespace LlmKick.Transformers.Families;

/// <summary>Hunyuan 3: Qwen 3's attention, a dense part first, a sigmoid router with a correction, a shared expert.</summary>
internal static class HyV3
{
    public static Family Row { get; } = new("hy_v3")
    {
        Class = "HYV3ForCausalLM",
        GgufName = "hy_v3",
        GgufDenseFirst = true,
        GgufFault = spec => GgufNotes.ExpertsOf(spec).Any(experts => experts.Shared is null)
            ? "llama.cpp wants a shared expert in the architecture 'hy_v3', and this model has none" : null,
        Ends = c => new() { FinalNorm = c.Rms("norm"), Tied = c.IsTied() },
        Block = (c, i) => new()
        {
            Flow = Flow.Before(c.Rms("input_layernorm"), c.Rms("post_attention_layernorm")),
            Mixer = new FullAttention(c)
            {
                QkvBias = c.HasBias(Keys.AttentionBias),
                OutputBias = c.HasBias(Keys.AttentionBias),
                QueryNorm = c.QueryNorm(c.HeadWidth),
                KeyNorm = c.KeyNorm(c.HeadWidth),
                Rotary = new Rotary(c).Of(),
            },
            Feed = IsDense(c, i) ? new Gated(c, c.Activation(Activation.Silu)) : Of(c),
        },
    };

    private static Experts Of(ModelConfig c) => c.CorrectedExperts("mlp.expert_bias") is var experts ? experts with
    {
        Router = experts.Router with { Name = "mlp.router.gate", GgufCorrection = "exp_probs_b" },
        Shared = c.SharedExpert("mlp.shared_mlp", c.SharedWidth(), c.Activation(Activation.Silu)),
    } : experts;

    private static bool IsDense(ModelConfig c, int block) => c.IsGguf ? c.IsBeforeExperts(block) :
        c.Fields.Texts("mlp_layer_types") is null && c.Fields.Count(Keys.DenseBlocksFirst) is null ? block == 0 : c.IsBeforeExperts(block);
}
