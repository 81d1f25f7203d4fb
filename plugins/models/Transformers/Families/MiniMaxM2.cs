using LlmKick.Transformers.Blocks;
using LlmKick.Transformers.Configuration;
using LlmKick.Transformers.Feeds;
using LlmKick.Transformers.Layers;
using LlmKick.Transformers.Mixers;
using LlmKick.Transformers.Positions;

namespace LlmKick.Transformers.Families;

/// <summary>MiniMax M2: a sigmoid router with a correction in every block, queries and keys normed over all heads, part of a head
/// rotated.</summary>
internal static class MiniMaxM2
{
    public static Family Row { get; } = new("minimax_m2")
    {
        Class = "MiniMaxM2ForCausalLM",
        GgufName = "minimax-m2",
        Spellings = ["num_local_experts"],
        Idle = ["scoring_func", "use_routing_bias", "use_qk_norm", "qk_norm_type", "routed_scaling_factor"],
        Ends = c => new() { FinalNorm = c.Rms("norm"), Tied = c.IsTied() },
        Block = (c, i) => new()
        {
            Flow = Flow.Before(c.Rms("input_layernorm"), c.Rms("post_attention_layernorm")),
            Mixer = new FullAttention(c)
            {
                QueryNorm = c.QueryNorm(c.Heads * c.HeadWidth),
                KeyNorm = c.KeyNorm(c.KeyValueHeads * c.HeadWidth),
                Rotary = new Rotary(c).Of(),
            },
            Feed = new Experts(c.Router(RouterScore.Sigmoid) with
            {
                Name = "block_sparse_moe.gate",
                Correction = "block_sparse_moe.e_score_correction_bias",
                Normalized = true,
            }, c.FeedForwardWidth, c.Activation(Activation.Silu))
            {
                Module = "block_sparse_moe.experts",
                Gate = "w1",
                Up = "w3",
                Down = "w2",
            },
        },
    };
}
