using LlmKick.Transformers.Blocks;
using LlmKick.Transformers.Configuration;
using LlmKick.Transformers.Feeds;
using LlmKick.Transformers.Layers;
using LlmKick.Transformers.Mixers;

namespace LlmKick.Transformers.Families;

/// <summary>Mamba 2 (Dao and Gu, arXiv 2405.21060): no attention and no feed-forward part.</summary>
internal static class MambaTwo
{
    public static Family Row { get; } = new("mamba2")
    {
        Class = "Mamba2ForCausalLM",
        GgufName = "mamba2",
        GgufFault = GgufNotes.MambaFault,
        GgufNote = GgufNotes.Steps,
        Spellings = ["layer_norm_epsilon"],
        Root = "backbone",
        // The reference names no limit; texts of a million tokens are beyond what any such model was trained on.
        ContextUnlessSaid = 1 << 20,
        Idle = ["rescale_prenorm_residual", "residual_in_fp32", "time_step_floor", "time_step_max", "time_step_min", "time_step_rank",
            "chunk_size", "rms_norm", "num_attention_heads", "num_key_value_heads", "intermediate_size"],
        Ends = c => new() { Embedding = "embeddings", FinalNorm = Norm(c, "norm_f"), Tied = c.IsTied() },
        Block = (c, i) => new()
        {
            Flow = Flow.Alone(Norm(c, "norm")),
            Mixer = c.IsGguf ? c.MambaOfGguf(i, "mixer") : new Mamba2(c.Width, c.Fields.Size("num_heads") ?? 128,
                c.Fields.Size("head_dim") ?? 64,
                c.Fields.Size("state_size") ?? 128, c.Fields.Size("n_groups") ?? 8, c.Fields.Size("conv_kernel") ?? 4)
            {
                Module = "mixer",
                HasBias = c.HasBias(Keys.Bias),
                ConvolutionHasBias = c.Fields.Flag("use_conv_bias") ?? true,
                Epsilon = Norm(c, "norm").Epsilon,
                Steps = c.StepLimits(),
            }.Checked(c),
            Feed = new NoFeed(),
        },
    };

    private static NormSpec Norm(ModelConfig c, string name) => new(name, c.Width, c.Number(Keys.RmsEpsilon, 1e-5));
}
