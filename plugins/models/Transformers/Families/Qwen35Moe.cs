using LlmKick.Transformers.Blocks;
using LlmKick.Transformers.Configuration;
using LlmKick.Transformers.Feeds;
using LlmKick.Transformers.Layers;
using LlmKick.Transformers.Mixers;
using LlmKick.Transformers.Positions;

namespace LlmKick.Transformers.Families;

/// <summary>Qwen 3.5 with experts, whose weights always sum to 1, and a shared one that a sigmoid weighs.</summary>
internal static class Qwen35Moe
{
    public static Family Row { get; } = new("qwen3_5_moe_text")
    {
        Aliases = ["qwen3_5_moe"],
        Class = "Qwen3_5MoeForCausalLM",
        GgufName = "qwen35moe",
        GgufFault = GgufNotes.DeltaFault,
        Idle = [.. Qwen35.Idle, "norm_topk_prob", "intermediate_size", "decoder_sparse_step"],
        Ends = Qwen35.Row.Ends,
        Block = (c, i) => Qwen35.Block(c, i, Experts(c, normalized: true)),
    };

    public static Experts Experts(ModelConfig c, bool normalized) => new(c.Router(RouterScore.Softmax) with { Normalized = normalized },
        c.ExpertWidth(), c.Activation(Activation.Silu))
    {
        Shared = c.SharedExpert("mlp.shared_expert", c.Fields.Size(Keys.SharedExpertWidth), c.Activation(Activation.Silu)),
        SharedGate = "mlp.shared_expert_gate",
    };
}
