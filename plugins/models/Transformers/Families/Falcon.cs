using LlmKick.Transformers.Blocks;
using LlmKick.Transformers.Configuration;
using LlmKick.Transformers.Ends;
using LlmKick.Transformers.Feeds;
using LlmKick.Transformers.Layers;
using LlmKick.Transformers.Mixers;
using LlmKick.Transformers.Positions;

namespace LlmKick.Transformers.Families;

/// <summary>Falcon (Almazrouei et al., arXiv 2311.16867) in its three layouts: 7B (one key head), 40B (groups, two norms), RW (ALiBi, one
/// part after the other).</summary>
internal static class Falcon
{
    public static Family Row { get; } = new("falcon")
    {
        Aliases = ["RefinedWeb", "RefinedWebModel"],
        Class = "FalconForCausalLM",
        GgufName = "falcon",
        GgufFault = spec => spec.Block(0) is { Flow.Kind: FlowKind.Parallel, Mixer: FullAttention { Alibi: null } }
            ? null : "llama.cpp computes Falcon's blocks side by side and with rotation only, this model's are one after the other or "
                + "have ALiBi",
        Spellings = ["num_kv_heads", "ffn_hidden_size", "activation", "layer_norm_epsilon", "bias", "parallel_attn"],
        Root = "transformer",
        BlockList = "h",
        TiedUnlessSaid = true,
        Ends = c => new() { Embedding = "word_embeddings", FinalNorm = c.Layer("ln_f"), Tied = c.IsTied(true) },
        Block = (c, i) => new()
        {
            Flow = FlowOf(c),
            Mixer = new FullAttention(c.Width, c.Heads, KeyHeads(c), c.HeadWidth)
            {
                Module = "self_attention",
                Fused = "query_key_value",
                Order = FusedOrder.Groups,
                Output = "dense",
                QkvBias = c.HasBias(Keys.Bias),
                OutputBias = c.HasBias(Keys.Bias),
                Alibi = HasAlibi(c) ? new(c.Heads, Scale: 1 / Math.Sqrt(c.HeadWidth)) { Rounded = true } : null,
                Rotary = HasAlibi(c) ? null : new Rotary(c).Of(),
            },
            Feed = new Plain(c.Width, c.Fields.Size(Keys.FeedForwardWidth) ?? 4 * c.Width, c.Activation(Activation.Gelu))
            {
                Up = "mlp.dense_h_to_4h", Down = "mlp.dense_4h_to_h", HasBias = c.HasBias(Keys.Bias),
            },
        },
    };

    private static bool IsNew(ModelConfig c) => c.IsGguf ? c.HasTensor("blk.0.attn_norm_2.weight")
        : c.Fields.Flag("new_decoder_architecture") ?? false;

    private static bool HasAlibi(ModelConfig c)
    {
        var alibi = c.Fields.Flag("alibi") ?? false;
        if (alibi)
            c.Fields.Skip("rope_parameters", "rope_scaling", "rope_theta");
        return alibi;
    }

    private static int KeyHeads(ModelConfig c) => IsNew(c) || c.IsGguf ? c.KeyValueHeads : c.Fields.Flag("multi_query")
        ?? true ? Unread(c, 1) : Unread(c, c.Heads);

    private static int Unread(ModelConfig c, int heads)
    {
        c.Fields.Skip("num_kv_heads", "n_head_kv");
        return heads;
    }

    private static Flow FlowOf(ModelConfig c)
    {
        var (norms, parallel) = (c.Fields.Size("num_ln_in_parallel_attn") ?? 2, c.Flag(Keys.ParallelBlocks, true));
        if (IsNew(c) && norms == 2)
            return Flow.Parallel(c.Layer("ln_attn") with { Gguf = "attn_norm_2" }, c.Layer("ln_mlp") with { Gguf = "attn_norm" });
        return parallel
            ? Flow.Parallel(c.Layer("input_layernorm"))
            : Flow.Before(c.Layer("input_layernorm"), c.Layer("post_attention_layernorm"));
    }
}
