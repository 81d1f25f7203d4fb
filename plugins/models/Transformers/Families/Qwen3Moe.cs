using LlmKick.Transformers.Blocks;
using LlmKick.Transformers.Configuration;
using LlmKick.Transformers.Feeds;
using LlmKick.Transformers.Layers;
using LlmKick.Transformers.Mixers;
using LlmKick.Transformers.Positions;

namespace LlmKick.Transformers.Families;

/// <summary>Qwen 3 with experts (Yang et al., arXiv 2505.09388).</summary>
internal static class Qwen3Moe
{
    public static Family Row { get; } = new("qwen3_moe")
    {
        Class = "Qwen3MoeForCausalLM",
        GgufName = "qwen3moe",
        GgufFault = spec => GgufNotes.UnlessExpertsSumToOne(spec, isOne: true),
        Idle = ["max_window_layers"],
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
                Window = c.Window,
                Rotary = new Rotary(c).Of(),
            },
            Feed = c.IsDense(i) ? new Gated(c, c.Activation(Activation.Silu)) : new Experts(c.Router(RouterScore.Softmax) with
            {
                Normalized = c.IsGguf || c.Flag(Keys.NormalizesExperts),
            }, c.ExpertWidth(), c.Activation(Activation.Silu)),
        },
    };
}
