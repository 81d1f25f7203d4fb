using LlmKick.Transformers.Blocks;
using LlmKick.Transformers.Configuration;
using LlmKick.Transformers.Feeds;
using LlmKick.Transformers.Layers;
using LlmKick.Transformers.Mixers;
using LlmKick.Transformers.Positions;

namespace LlmKick.Transformers.Families;

/// <summary>Flint: Qwen 3 with experts, a sink a head, rotation in blocks with a window alone, a sigmoid router and a shared
/// expert.</summary>
internal static class Flint
{
    public static Family Row { get; } = new("flint")
    {
        Class = "FlintForCausalLM",
        Ends = Qwen3Moe.Row.Ends,
        Block = (c, i) => new()
        {
            Flow = Flow.Before(c.Rms("input_layernorm"), c.Rms("post_attention_layernorm")),
            Mixer = new FullAttention(c)
            {
                QkvBias = c.HasBias(Keys.AttentionBias),
                OutputBias = c.HasBias(Keys.AttentionBias),
                QueryNorm = c.QueryNorm(c.HeadWidth),
                KeyNorm = c.KeyNorm(c.HeadWidth),
                Sinks = "softmax_offset",
                Window = c.WindowOf(i, _ => false),
                Rotary = c.IsSliding(i, _ => false) ? new Rotary(c).Of() : null,
            },
            Feed = c.IsDense(i) ? new Gated(c, c.Activation(Activation.Silu)) : new Experts(c.Router(RouterScore.Sigmoid) with
            {
                Normalized = c.Flag(Keys.NormalizesExperts, otherwise: true),
            }, c.ExpertWidth(), c.Activation(Activation.Silu))
            {
                Shared = c.SharedExpert("mlp.shared_expert", c.Fields.Size(Keys.SharedExpertWidth), c.Activation(Activation.Silu)),
            },
        },
    };
}
