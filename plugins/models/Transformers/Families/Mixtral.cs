using LlmKick.Transformers.Blocks;
using LlmKick.Transformers.Configuration;
using LlmKick.Transformers.Feeds;
using LlmKick.Transformers.Layers;
using LlmKick.Transformers.Mixers;
using LlmKick.Transformers.Positions;

namespace LlmKick.Transformers.Families;

/// <summary>Mixtral (Jiang et al., arXiv 2401.04088): Mistral with experts.</summary>
internal static class Mixtral
{
    public static Family Row { get; } = new("mixtral")
    {
        Class = "MixtralForCausalLM",
        GgufName = "llama",
        Spellings = ["num_local_experts"],
        GgufKey = "expert_count",
        GgufPairs = true,
        Idle = ["norm_topk_prob"],
        Ends = c => new() { FinalNorm = c.Rms("norm"), Tied = c.IsTied() },
        Block = (c, i) => new()
        {
            Flow = Flow.Before(c.Rms("input_layernorm"), c.Rms("post_attention_layernorm")),
            Mixer = new FullAttention(c) { Window = c.Window, Rotary = new Rotary(c).Of() },
            Feed = new Experts(c.Router(RouterScore.Softmax) with
            {
                Name = "block_sparse_moe.gate",
                Others = ["mlp.gate"],
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
