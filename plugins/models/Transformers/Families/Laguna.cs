using System.Globalization;
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
        GgufName = "laguna",
        GgufDenseFirst = true,
        GgufFullFirst = true,
        GgufFault = Fault,
        Spellings = ["moe_routed_scaling_factor"],
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
                Gate = Gate(c, i),
                Window = c.WindowOf(i, _ => false, fullFirst: true),
                Rotary = new Rotary(c) { LocalBase = c.IsGguf ? c.Number(Keys.RotaryBase) : null }
                    .Of(c.IsSliding(i, _ => false, fullFirst: true)),
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

    private static bool IsDense(ModelConfig c, int block) => !c.IsGguf && c.Fields.Texts("mlp_layer_types") is null ? block == 0
        : c.IsBeforeExperts(block);

    private static OutputGate? Gate(ModelConfig c, int block)
    {
        var isOfNumber = c.IsGguf ? c.RowsOf($"blk.{block}.attn_gate.weight") != c.Heads : c.Fields.Says("gating", "per-element");
        return c.IsGguf || isOfNumber || c.Fields.Says("gating", "per-head") || c.Fields.Flag("gating") == true
            ? new OutputGate("g_proj", IsOfHead: !isOfNumber, Activation.SoftPlus) : null;
    }

    /// <summary>llama.cpp has no caps of router logits, and a rule for blocks with a window.</summary>
    private static string? Fault(ModelSpec spec)
    {
        var attentions = Enumerable.Range(0, spec.BlockCount).Select(block => (FullAttention)spec.Block(block).Mixer).ToList();
        var windows = attentions.ConvertAll(attention => attention.Window is not null);
        var every = windows.Skip(1).TakeWhile(window => window).Count() + 1;
        if (GgufNotes.ExpertsOf(spec).FirstOrDefault()?.Router.LogitCap is { } cap)
            return string.Create(CultureInfo.InvariantCulture, $"llama.cpp does not cap the logits of routers in the architecture "
                + $"'laguna', this model does at {cap} (moe_router_logit_softcapping)");
        if (windows.Contains(true) && windows.Index().Any(block => block.Item != (block.Index % every > 0)))
            return "llama.cpp wants windows in all blocks of the architecture 'laguna' but the first of every so many, this model's are "
                + "others (layer_types)";
        if (attentions.Exists(attention => attention.Window is not null && attention.Rotary!.Scaling is not null))
            return "llama.cpp does not scale the rotation of blocks with a window in the architecture 'laguna', this model does";
        if (attentions.Exists(attention => attention.Gate is null))
            return "llama.cpp wants a gate behind attention in the architecture 'laguna', and this model has none (gating)";
        return GgufNotes.ExpertsOf(spec).Any(experts => experts.Shared is null)
            ? "llama.cpp wants a shared expert in the architecture 'laguna', and this model has none" : null;
    }

    private static int HeadsOf(ModelConfig c, int block) => c.NumberOf("num_attention_heads_per_layer", block) switch
    {
        null => c.Heads,
        >= 1 and <= ConfigFields.GreatestSize and var heads when heads % c.KeyValueHeads == 0 => (int)heads,
        var heads => throw new LlmKickException($"'{c.Path}' gives block {block} {heads} heads (num_attention_heads_per_layer), which is "
            + $"not a multiple of its {c.KeyValueHeads} key-value heads."),
    };
}
