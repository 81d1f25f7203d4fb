using LlmKick.Sdk;
using LlmKick.Transformers.Blocks;
using LlmKick.Transformers.Configuration;
using LlmKick.Transformers.Feeds;
using LlmKick.Transformers.Layers;
using LlmKick.Transformers.Mixers;

namespace LlmKick.Transformers.Families;

/// <summary>Nemotron-H and Nemotron 3 (arXiv 2504.03624): each block is one part, Mamba 2, attention without rotation, a feed-forward
/// part of squared ReLUs, or experts of such.</summary>
internal static class NemotronH
{
    private const string WithExperts = "nemotron_h_moe";

    public static Family Row { get; } = new("nemotron_h")
    {
        Class = "NemotronHForCausalLM",
        GgufName = "nemotron_h",
        GgufOther = spec => GgufNotes.ExpertsOf(spec).Any() ? WithExperts : null,
        GgufAlias = WithExperts,
        GgufFault = Fault,
        GgufNote = GgufNotes.Steps,
        Spellings = ["layer_norm_epsilon", "n_routed_experts"],
        Root = "backbone",
        Idle = ["rescale_prenorm_residual", "residual_in_fp32", "time_step_floor", "time_step_max", "time_step_limit", "chunk_size",
            "mamba_proj_bias", "mamba_ssm_cache_dtype", "mamba_hidden_act", "moe_shared_expert_overlap", "mtp_layers_block_type",
            "num_logits_to_keep", "use_mamba_kernels", "expand", "n_shared_experts", "attention_bias", "num_nextn_predict_layers",
            "sliding_window", "mtp_hybrid_override_pattern", "num_query_groups", "rope_theta", "partial_rotary_factor"],
        Ends = c => new() { Embedding = "embeddings", FinalNorm = Norm(c, "norm_f"), Tied = c.IsTied() },
        Block = (c, i) => Kind(c, i) switch
        {
            'M' => Of(c, c.IsGguf ? c.MambaOfGguf(i, "mixer") : Recurrent(c), new NoFeed()),
            '*' => Of(c, new FullAttention(c) { Module = "mixer" }, new NoFeed()),
            'E' => Of(c, new NoMixer(), Chosen(c)),
            _ => Of(c, new NoMixer(), Squared(c, "mixer", c.FeedForwardWidth, "")),
        },
    };

    private static BlockSpec Of(ModelConfig c, IMixerSpec mixer, IFeedSpec feed) =>
        new() { Flow = Flow.Alone(Norm(c, "norm")), Mixer = mixer, Feed = feed };

    private static Mamba2 Recurrent(ModelConfig c) => new Mamba2(c.Width, Size(c, "mamba_num_heads"), Size(c, "mamba_head_dim"),
        Size(c, "ssm_state_size"), Size(c, "n_groups"), c.Fields.Size("conv_kernel") ?? 4)
    {
        Module = "mixer",
        HasBias = c.HasBias(Keys.Bias),
        ConvolutionHasBias = c.Fields.Flag("use_conv_bias") ?? true,
        Epsilon = Norm(c, "norm").Epsilon,
        Steps = (c.Fields.Number("time_step_min") ?? 0, double.PositiveInfinity),
    }.Checked(c);

    private static Experts Chosen(ModelConfig c)
    {
        if (c.Fields.Size("moe_latent_size") is { } latent)
            throw new LlmKickException($"'{c.Path}' has experts that work in {latent} numbers (moe_latent_size), which is not supported "
                + "here.");
        var experts = c.CorrectedExperts("mixer.gate.e_score_correction_bias");
        return experts with
        {
            Router = experts.Router with { Name = "mixer.gate" },
            Activation = Act(c),
            Module = "mixer.experts",
            Gate = null,
            Stacks = [new("mixer.experts.up_proj", "mixer.experts.down_proj")],
            Shared = (c.IsGguf ? c.Fields.Count(Keys.SharedExpertWidth) : c.Fields.Count("moe_shared_expert_intermediate_size"))
                is > 0 and var width ? Squared(c, "mixer.shared_experts", width, "_shexp") : null,
        };
    }

    private static Plain Squared(ModelConfig c, string module, int inner, string suffix) => new(c.Width, inner, Act(c))
    {
        Up = module + ".up_proj",
        Down = module + ".down_proj",
        HasBias = c.HasBias(Keys.FeedForwardBias),
        GgufSuffix = suffix,
    };

    private static string? Fault(ModelSpec spec) => GgufNotes.MambaFault(spec)
        ?? (Enumerable.Range(0, spec.BlockCount).Select(block => spec.Block(block).Feed).Any(feed => feed is Plain)
            && GgufNotes.ExpertsOf(spec).Any()
            ? "llama.cpp wants experts in every feed-forward part of the architecture 'nemotron_h_moe' or in none, and this model has both"
        : GgufNotes.ExpertsOf(spec).Any(experts => experts.Shared is null or Plain { HasBias: true })
            ? "llama.cpp wants a shared expert without biases in the architecture 'nemotron_h_moe'" : null);

    private static Activation Act(ModelConfig c) => Activation.Find(c.Fields.Text("mlp_hidden_act") ?? "relu2", c.Path);

    /// <summary>M, *, E and - as released files have them, or the words that the library writes.</summary>
    private static char Kind(ModelConfig c, int block)
    {
        if (c.IsGguf)
            return c.HasTensor($"blk.{block}.ssm_in.weight") ? 'M' : c.HasTensor($"blk.{block}.attn_q.weight") ? '*'
                : c.HasTensor($"blk.{block}.ffn_gate_inp.weight") ? 'E' : '-';
        var (key, kinds) = c.Fields.Texts("layers_block_type") is { } words ? ("layers_block_type", words)
            : ("hybrid_override_pattern", [.. (c.Fields.Text("hybrid_override_pattern")
                ?? throw c.Fields.Wrong("hybrid_override_pattern", "a text")).Select(kind => kind.ToString())]);
        if (kinds.Count != c.BlockCount)
            throw new LlmKickException($"'{c.Path}' names {kinds.Count} blocks ({key}) for {c.BlockCount} blocks: it needs one for each.");
        return kinds[block] switch
        {
            "M" or "mamba" or "linear_attention" => 'M',
            "*" or "attention" or "full_attention" => '*',
            "E" or "moe" => 'E',
            "-" or "mlp" => '-',
            var other => throw new LlmKickException($"'{c.Path}' has blocks of the type '{other}' ({key}), which is not supported here; "
                + "supported: mamba (M), attention (*), moe (E), mlp (-)."),
        };
    }

    private static NormSpec Norm(ModelConfig c, string name) => new(name, c.Width, c.Number(Keys.RmsEpsilon, 1e-5));

    private static int Size(ModelConfig c, string key) => c.Fields.Need(c.Fields.Size(key), key);
}
