using LlmKick.Transformers.Blocks;
using LlmKick.Transformers.Configuration;
using LlmKick.Transformers.Feeds;
using LlmKick.Transformers.Layers;
using LlmKick.Transformers.Mixers;
using LlmKick.Transformers.Positions;

namespace LlmKick.Transformers.Families;

/// <summary>Qwen 1.5 and 2 with experts: Qwen 2 with a shared expert that a sigmoid weighs (Yang et al., arXiv 2407.10671).</summary>
internal static class Qwen2Moe
{
    public static Family Row { get; } = new("qwen2_moe")
    {
        Class = "Qwen2MoeForCausalLM",
        GgufName = "qwen2moe",
        GgufFault = spec => GgufNotes.UnlessExpertsSumToOne(spec, isOne: false),
        Idle = ["max_window_layers", "sliding_window"],
        Ends = c => new() { FinalNorm = c.Rms("norm"), Tied = c.IsTied() },
        Block = (c, i) => new()
        {
            Flow = Flow.Before(c.Rms("input_layernorm"), c.Rms("post_attention_layernorm")),
            Mixer = new FullAttention(c)
            {
                QkvBias = c.HasBias(Keys.QkvBias, otherwise: true),
                Window = Qwen2.WindowOf(c, i),
                Rotary = new Rotary(c).Of(),
            },
            Feed = c.IsDense(i) ? new Gated(c, c.Activation(Activation.Silu)) : new Experts(c.Router(RouterScore.Softmax) with
            {
                Normalized = c.Flag(Keys.NormalizesExperts),
            }, c.ExpertWidth(), c.Activation(Activation.Silu))
            {
                Shared = c.SharedExpert("mlp.shared_expert", c.Fields.Size(Keys.SharedExpertWidth), c.Activation(Activation.Silu)),
                SharedGate = "mlp.shared_expert_gate",
            },
        },
    };
}
