using LlmKick.Transformers.Blocks;
using LlmKick.Transformers.Configuration;
using LlmKick.Transformers.Feeds;
using LlmKick.Transformers.Layers;
using LlmKick.Transformers.Mixers;
using LlmKick.Transformers.Positions;

namespace LlmKick.Transformers.Families;

/// <summary>GLM 4.5 to 4.7 with experts: a dense part first, a sigmoid router with a correction, half of each head rotated.</summary>
internal static class Glm4Moe
{
    public static Family Row { get; } = new("glm4_moe")
    {
        Class = "Glm4MoeForCausalLM",
        GgufName = "glm4moe",
        GgufDenseFirst = true,
        Spellings = ["n_routed_experts"],
        Idle = ["scoring_func", "topk_method", "num_nextn_predict_layers"],
        Ends = c => new() { FinalNorm = c.Rms("norm"), Tied = c.IsTied() },
        Block = (c, i) => new()
        {
            Flow = Flow.Before(c.Rms("input_layernorm"), c.Rms("post_attention_layernorm") with { Gguf = "post_attention_norm" }),
            Mixer = new FullAttention(c)
            {
                QkvBias = c.HasBias(Keys.AttentionBias),
                QueryNorm = HasNorms(c) ? c.QueryNorm(c.HeadWidth) : null,
                KeyNorm = HasNorms(c) ? c.KeyNorm(c.HeadWidth) : null,
                Rotary = new Rotary(c) { Share = 0.5 }.Of(),
            },
            Feed = c.IsBeforeExperts(i) ? new Gated(c, c.Activation(Activation.Silu))
                : c.CorrectedExperts("mlp.gate.e_score_correction_bias"),
        },
    };

    private static bool HasNorms(ModelConfig c) =>
        c.IsGguf ? c.HasTensor("blk.0.attn_q_norm.weight") : c.Flag(new Key(null, "use_qk_norm"));
}
