using LlmKick.Sdk;
using LlmKick.Transformers.Blocks;
using LlmKick.Transformers.Configuration;
using LlmKick.Transformers.Feeds;
using LlmKick.Transformers.Layers;
using LlmKick.Transformers.Mixers;
using LlmKick.Transformers.Positions;

namespace LlmKick.Transformers.Families;

/// <summary>Laguna: as many heads as each block has, a softplus gate, windows with a rotation of their own, capped router logits, a shared
/// expert.</summary>
internal static class Laguna
{
    public static Family Row { get; } = new("laguna")
    {
        Class = "LagunaForCausalLM",
        GgufFault = GgufNotes.Unwritten,
        Ends = c => new() { FinalNorm = c.Rms("norm"), Tied = c.IsTied() },
        Block = (c, i) => new()
        {
            Flow = Flow.Before(c.Rms("input_layernorm"), c.Rms("post_attention_layernorm")),
            Mixer = new FullAttention(c.Width, HeadsOf(c, i), c.KeyValueHeads, c.HeadWidth)
            {
                QkvBias = c.HasBias(Keys.AttentionBias),
                OutputBias = c.HasBias(Keys.AttentionBias),
                QueryNorm = c.QueryNorm(c.HeadWidth),
                KeyNorm = c.KeyNorm(c.HeadWidth),
                Gate = Gate(c),
                Window = c.WindowOf(i, _ => false),
                Rotary = new Rotary(c).Of(c.IsSliding(i, _ => false)),
            },
            Feed = IsDense(c, i) ? new Gated(c, c.Activation(Activation.Silu)) : Of(c),
        },
    };

    private static Experts Of(ModelConfig c) => c.CorrectedExperts("mlp.experts.e_score_correction_bias") is var experts ? experts with
    {
        Router = experts.Router with
        {
            Normalized = true,
            LogitCap = c.Fields.Signed("moe_router_logit_softcapping") is > 0 and var cap ? cap : null,
        },
        Shared = c.SharedExpert("mlp.shared_expert", c.Fields.Size(Keys.SharedExpertWidth), c.Activation(Activation.Silu)),
    } : experts;

    private static bool IsDense(ModelConfig c, int block) => c.Fields.Texts("mlp_layer_types") is null ? block == 0
        : c.IsBeforeExperts(block);

    private static OutputGate? Gate(ModelConfig c)
    {
        var isOfNumber = c.Fields.Says("gating", "per-element");
        return isOfNumber || c.Fields.Says("gating", "per-head") || c.Fields.Flag("gating") == true
            ? new OutputGate("g_proj", IsOfHead: !isOfNumber, Activation.SoftPlus) : null;
    }

    private static int HeadsOf(ModelConfig c, int block) => c.NumberOf("num_attention_heads_per_layer", block) switch
    {
        null => c.Heads,
        >= 1 and <= ConfigFields.GreatestSize and var heads when heads % c.KeyValueHeads == 0 => (int)heads,
        var heads => throw new LlmKickException($"'{c.Path}' gives block {block} {heads} heads (num_attention_heads_per_layer), which is "
            + $"not a multiple of its {c.KeyValueHeads} key-value heads."),
    };
}
