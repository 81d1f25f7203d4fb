using LlmKick.Transformers.Blocks;
using LlmKick.Transformers.Configuration;
using LlmKick.Transformers.Feeds;
using LlmKick.Transformers.Layers;
using LlmKick.Transformers.Mixers;
using LlmKick.Transformers.Positions;

namespace LlmKick.Transformers.Families;

/// <summary>dots.llm1 (arXiv 2506.05767): a dense part first, a sigmoid router with a correction, norms of queries and keys.</summary>
internal static class Dots1
{
    public static Family Row { get; } = new("dots1")
    {
        Class = "Dots1ForCausalLM",
        GgufName = "dots1",
        GgufDenseFirst = true,
        Spellings = ["n_routed_experts"],
        Idle = ["max_window_layers", "scoring_func", "topk_method"],
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
                Window = c.WindowOf(i, _ => false),
                Rotary = new Rotary(c).Of(),
            },
            Feed = c.IsBeforeExperts(i) ? new Gated(c, c.Activation(Activation.Silu))
                : c.CorrectedExperts("mlp.gate.e_score_correction_bias"),
        },
    };
}
