using LlmKick.Transformers.Blocks;
using LlmKick.Transformers.Configuration;
using LlmKick.Transformers.Feeds;
using LlmKick.Transformers.Layers;
using LlmKick.Transformers.Mixers;

namespace LlmKick.Transformers.Families;

/// <summary>Ling 3: Kimi delta attention whose decay is bounded, latent attention with a gate a head in every so many-th block, DeepSeek
/// V3's experts.</summary>
internal static class BailingHybrid
{
    public static Family Row { get; } = new("bailing_hybrid")
    {
        Class = "BailingHybridForCausalLM",
        Idle = [.. DeepSeekV3.Row.Idle, "mtp_loss_scaling_factor", "short_conv_kernel_size", "layer_group_size"],
        Ends = c => new() { Embedding = "word_embeddings", FinalNorm = c.Rms("norm"), Tied = c.IsTied() },
        Block = (c, i) => new()
        {
            Flow = Flow.Before(c.Rms("input_layernorm"), c.Rms("post_attention_layernorm")),
            Mixer = c.IsLinear(i, block => (block + 1) % c.Fields.Need(c.Fields.Size("layer_group_size"), "layer_group_size") != 0)
                ? new KimiDelta(c) { Module = "attention", Output = "dense", OtherOutputs = ["o_proj"], LeastDecay = LeastDecay(c) }
                : c.Latents(i) with
                {
                    Module = "attention",
                    Output = "dense",
                    Gate = new OutputGate("g_proj", IsOfHead: true, Activation.Sigmoid),
                },
            Feed = c.IsBeforeExperts(i) ? new Gated(c, c.Activation(Activation.Silu)) : c.CorrectedExperts("mlp.gate.expert_bias"),
        },
    };

    private static double? LeastDecay(ModelConfig c) => !(c.Fields.Flag("kda_safe_gate") ?? true) ? null
        : c.Fields.Signed("kda_lower_bound") switch
        {
            null => -5,
            < 0 and var least => least,
            _ => throw c.Fields.Wrong("kda_lower_bound", "a number below 0"),
        };
}
