using LlmKick.Transformers.Blocks;
using LlmKick.Transformers.Configuration;
using LlmKick.Transformers.Feeds;
using LlmKick.Transformers.Layers;
using LlmKick.Transformers.Mixers;
using LlmKick.Transformers.Positions;

namespace LlmKick.Transformers.Families;

/// <summary>OLMo Hybrid: gated delta nets that may turn signs with norms before, attention without rotation with norms after.</summary>
internal static class OlmoHybrid
{
    public static Family Row { get; } = new("olmo_hybrid")
    {
        Class = "OlmoHybridForCausalLM",
        Idle = ["linear_a_log_max", "linear_a_log_min", "linear_dt_init_floor", "linear_dt_max", "linear_dt_min"],
        Ends = c => new() { FinalNorm = c.Rms("norm"), Tied = c.IsTied() },
        Block = (c, i) => c.IsLinear(i, index => index % 4 != 3)
            ? new()
            {
                Flow = Flow.Before(c.Rms("attention_layer_norm"), c.Rms("feedforward_layer_norm")),
                Mixer = new GatedDelta(c)
                {
                    Layout = DeltaLayout.Apart,
                    ReachesTwo = c.Fields.Flag("linear_allow_neg_eigval") ?? true,
                    Norm = "linear_attn.o_norm",
                    Output = "linear_attn.o_proj",
                    // Whatever rms_norm_eps says, as the reference has it.
                    Epsilon = 1e-5,
                },
                Feed = new Gated(c, c.Activation(Activation.Silu)),
            }
            : new()
            {
                Flow = Flow.After(c.Rms("feedforward_layer_norm"), c.Rms("post_feedforward_layernorm")),
                Mixer = new FullAttention(c)
                {
                    QkvBias = c.HasBias(Keys.AttentionBias),
                    OutputBias = c.HasBias(Keys.AttentionBias),
                    QueryNorm = c.QueryNorm(c.Heads * c.HeadWidth),
                    KeyNorm = c.KeyNorm(c.KeyValueHeads * c.HeadWidth),
                    Rotary = Rotates(c) ? new Rotary(c).Of() : null,
                },
                Feed = new Gated(c, c.Activation(Activation.Silu)),
            },
    };

    /// <summary>A base that is null, not one that is missing, says that nothing is rotated.</summary>
    private static bool Rotates(ModelConfig c)
    {
        if (c.Fields.Section("rope_parameters") is not { } section || !section.Has("rope_theta")
            || section.Number("rope_theta") is not null)
            return true;
        section.Skip("rope_type");
        return false;
    }
}
