using LlmKick.Transformers.Blocks;
using LlmKick.Transformers.Configuration;
using LlmKick.Transformers.Feeds;
using LlmKick.Transformers.Layers;
using LlmKick.Transformers.Mixers;

namespace LlmKick.Transformers.Families;

/// <summary>DeepSeek V3 and R1, Kimi K2, Moonlight (arXiv 2412.19437): latent attention, dense blocks first, then experts in groups with a
/// correction of the choice.</summary>
internal static class DeepSeekV3
{
    public static Family Row { get; } = new("deepseek_v3")
    {
        Aliases = ["kimi_k2", "sarvam_mla"],
        Class = "DeepseekV3ForCausalLM",
        GgufName = "deepseek2",
        GgufKey = "expert_gating_func",
        GgufValue = "2",
        GgufDenseFirst = true,
        GgufFault = GgufNotes.LatentFault,
        GgufNote = GgufNotes.Latents,
        Spellings = ["n_routed_experts"],
        Idle = ["scoring_func", "topk_method", "moe_layer_freq", "ep_size", "num_nextn_predict_layers", "pretraining_tp", "head_dim",
            "qk_head_dim", "num_key_value_heads"],
        Ends = c => new() { FinalNorm = c.Rms("norm"), Tied = c.IsTied() },
        Block = (c, i) => new()
        {
            Flow = Flow.Before(c.Rms("input_layernorm"), c.Rms("post_attention_layernorm")),
            Mixer = c.Latents(i),
            Feed = c.IsBeforeExperts(i) ? new Gated(c, c.Activation(Activation.Silu))
                : c.CorrectedExperts("mlp.gate.e_score_correction_bias"),
        },
    };
}
