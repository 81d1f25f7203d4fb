using LlmKick.Transformers.Blocks;
using LlmKick.Transformers.Configuration;
using LlmKick.Transformers.Feeds;
using LlmKick.Transformers.Layers;
using LlmKick.Transformers.Mixers;
using LlmKick.Transformers.Positions;

namespace LlmKick.Transformers.Families;

/// <summary>Kolibri 1: norms around both parts, windows and rotation in most blocks, a router whose correction is added to its
/// logits.</summary>
internal static class Kolibri1
{
    public static Family Row { get; } = new("kolibri1")
    {
        Class = "Kolibri1ForCausalLM",
        Ends = c => new() { FinalNorm = c.Rms("norm"), Tied = c.IsTied() },
        Block = (c, i) => new()
        {
            Flow = Flow.Around(c.Rms("input_layernorm"), c.Rms("post_attn_norm"), c.Rms("post_attention_layernorm"),
                c.Rms("post_ffn_norm")),
            Mixer = new FullAttention(c)
            {
                QueryNorm = c.QueryNorm(c.HeadWidth),
                KeyNorm = c.KeyNorm(c.HeadWidth),
                Window = c.WindowOf(i, _ => false),
                Rotary = c.IsSliding(i, _ => false) ? new Rotary(c).Of() : null,
            },
            Feed = new Experts(c.Router(RouterScore.Sigmoid) with
            {
                Correction = "moe.router.expert_bias",
                ChoosesByLogits = true,
                Normalized = c.Flag(Keys.NormalizesExperts, otherwise: true),
            }, c.ExpertWidth(), c.Activation(Activation.Silu))
            {
                Shared = c.SharedExpert("mlp.shared_experts", c.Fields.Size(Keys.SharedExpertWidth), c.Activation(Activation.Silu)),
            },
        },
    };
}
