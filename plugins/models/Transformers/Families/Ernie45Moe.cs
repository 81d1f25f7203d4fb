using LlmKick.Transformers.Blocks;
using LlmKick.Transformers.Configuration;
using LlmKick.Transformers.Feeds;
using LlmKick.Transformers.Layers;
using LlmKick.Transformers.Mixers;
using LlmKick.Transformers.Positions;

namespace LlmKick.Transformers.Families;

/// <summary>ERNIE 4.5 with experts: the blocks between two have them, a softmax with a correction for the choice weighs them.</summary>
internal static class Ernie45Moe
{
    public static Family Row { get; } = new("ernie4_5_moe")
    {
        Class = "Ernie4_5_MoeForCausalLM",
        GgufName = "ernie4_5-moe",
        GgufDenseFirst = true,
        Spellings = ["moe_num_experts", "moe_k", "moe_num_shared_experts"],
        TiedUnlessSaid = true,
        Idle = ["moe_use_aux_free"],
        Ends = c => new() { FinalNorm = c.Rms("norm"), Tied = c.IsTied(true) },
        Block = (c, i) => new()
        {
            Flow = Flow.Before(c.Rms("input_layernorm"), c.Rms("post_attention_layernorm")),
            Mixer = new FullAttention(c)
            {
                QkvBias = c.HasBias(Keys.Bias),
                OutputBias = c.HasBias(Keys.Bias),
                Rotary = new Rotary(c) { Base = 500000, Interleaved = true }.Of(),
            },
            Feed = HasExperts(c, i) ? Of(c) : new Gated(c, c.Activation(Activation.Silu)) { HasBias = c.HasBias(Keys.Bias) },
        },
    };

    private static Experts Of(ModelConfig c) => new(c.Router(RouterScore.Softmax) with
    {
        Correction = "mlp.moe_statics.e_score_correction_bias",
        CorrectionShape = [1, c.Fields.Need(Keys.Experts)],
        Normalized = true,
        NormLeast = c.Fields.Number("moe_norm_min") ?? 1e-12,
    }, c.ExpertWidth(), c.Activation(Activation.Silu))
    {
        Shared = c.SharedExpert("mlp.shared_experts", c.SharedWidth(), c.Activation(Activation.Silu)),
    };

    private static bool HasExperts(ModelConfig c, int block) => c.IsGguf ? !c.IsDense(block)
        : block >= (c.Fields.Count("moe_layer_start_index") ?? 1)
        && block <= (c.Fields.Count("moe_layer_end_index") ?? c.BlockCount - 1)
        && (block + 1) % (c.Fields.Size("moe_layer_interval") ?? 1) == 0;
}
