using LlmKick.Transformers.Blocks;
using LlmKick.Transformers.Configuration;
using LlmKick.Transformers.Feeds;
using LlmKick.Transformers.Layers;
using LlmKick.Transformers.Mixers;
using LlmKick.Transformers.Positions;

namespace LlmKick.Transformers.Families;

/// <summary>Falcon H1 (arXiv 2507.22448): attention and Mamba 2 side by side in every block, a dozen multipliers.</summary>
internal static class FalconH1
{
    public static Family Row { get; } = new("falcon_h1")
    {
        Class = "FalconH1ForCausalLM",
        GgufName = "falcon-h1",
        GgufFault = Fault,
        GgufNote = GgufNotes.Steps,
        Idle = ["mamba_chunk_size", "num_logits_to_keep", "mamba_expand", "mamba_use_mlp"],
        Ends = c => new()
        {
            EmbeddingScale = c.Number(Keys.EmbeddingScale, 1),
            FinalNorm = c.Rms("final_layernorm"),
            Tied = c.IsTied(),
            LogitScale = c.Fields.Number("lm_head_multiplier") ?? 1,
            AreMultipliedInGguf = true,
        },
        Block = (c, i) => new()
        {
            // The one norm whose name in GGUF files has nothing behind it.
            Flow = Flow.Before(c.Rms("input_layernorm"),
                c.Rms("pre_ff_layernorm") with { GgufForm = GgufForm.Shaped("ffn_norm", [c.Width], c.Width) }),
            Mixer = new SideBySide(Attention(c), c.IsGguf ? c.Mamba(i) : Recurrent(c, i))
            {
                InputFactor = c.Fields.Number("attention_in_multiplier") ?? 1,
                OutputFactor = c.Fields.Number("attention_out_multiplier") ?? 1,
            },
            Feed = new Gated(c, c.Activation(Activation.Silu))
            {
                Gate = "feed_forward.gate_proj",
                Up = "feed_forward.up_proj",
                Down = "feed_forward.down_proj",
                HasBias = c.HasBias(Keys.FeedForwardBias),
                GateFactor = Factors(c, "mlp_multipliers", 2)[0],
                OutputFactor = Factors(c, "mlp_multipliers", 2)[1],
            },
        },
    };

    /// <summary>GGUF files have no multipliers: their matrices are multiplied by them.</summary>
    private static string? Fault(ModelSpec spec)
    {
        if (GgufNotes.MambaFault(spec) is { } fault)
            return fault;
        if (spec.IsTied && Math.Abs(spec.Ends.EmbeddingScale - spec.Ends.LogitScale) > 1e-9)
            return "GGUF files of Falcon H1 have embedding and head multiplied, by two factors, and this model has one matrix for both";
        return spec.Parameters().Any(parameter => parameter.Spec.Kind == ParameterKind.LinearBias)
            ? "GGUF files of Falcon H1 have multiplied matrices, and biases have no place beside them" : null;
    }

    /// <summary>What keys are multiplied by, scores are too.</summary>
    private static FullAttention Attention(ModelConfig c) => new(c)
    {
        QkvBias = c.HasBias(Keys.AttentionBias),
        OutputBias = c.HasBias(Keys.AttentionBias),
        Scale = (c.Fields.Number("key_multiplier") ?? 1) / Math.Sqrt(c.HeadWidth),
        Rotary = new Rotary(c).Of(),
    };

    private static Mamba2 Recurrent(ModelConfig c, int block) => c.Mamba(block) with
    {
        HasNorm = c.Fields.Flag("mamba_rms_norm") ?? false,
        NormsFirst = c.Fields.Flag("mamba_norm_before_gate") ?? true,
        HasBias = (c.Fields.Flag("mamba_proj_bias") ?? false) || (c.Fields.Flag("projectors_bias") ?? false),
        InputFactor = c.Fields.Number("ssm_in_multiplier") ?? 1,
        OutputFactor = c.Fields.Number("ssm_out_multiplier") ?? 1,
        PartFactors = Factors(c, "ssm_multipliers", 5),
    };

    private static IReadOnlyList<double> Factors(ModelConfig c, string key, int count) => c.Fields.Numbers(key) is not { } factors
        ? [.. Enumerable.Repeat(1.0, count)]
        : factors.Count == count ? factors : throw c.Fields.Wrong(key, $"a list of {count} numbers");
}
