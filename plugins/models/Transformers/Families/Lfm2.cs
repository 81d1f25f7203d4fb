using LlmKick.Sdk;
using LlmKick.Transformers.Blocks;
using LlmKick.Transformers.Configuration;
using LlmKick.Transformers.Feeds;
using LlmKick.Transformers.Layers;
using LlmKick.Transformers.Mixers;
using LlmKick.Transformers.Positions;

namespace LlmKick.Transformers.Families;

/// <summary>LFM2 (arXiv 2511.23404): short convolutions in most blocks, attention with norms of queries and keys in the others.</summary>
internal static class Lfm2
{
    public static Family Row { get; } = new("lfm2")
    {
        Class = "Lfm2ForCausalLM",
        GgufName = "lfm2",
        GgufFault = Fault,
        Spellings = ["norm_eps"],
        TiedUnlessSaid = true,
        Idle = ["full_attn_idxs", "block_dim", "conv_dim", "conv_dim_out", "block_mlp_init_scale", "block_out_init_scale",
            "conv_use_xavier_init", "block_use_swiglu", "block_use_xavier_init", "num_heads"],
        Ends = c => new() { FinalNorm = c.Rms("embedding_norm") with { Gguf = "token_embd_norm" }, Tied = c.IsTied(true) },
        Block = (c, i) => Block(c, i, new Gated(c.Width, Inner(c), Activation.Silu)
        {
            Gate = "feed_forward.w1",
            Up = "feed_forward.w3",
            Down = "feed_forward.w2",
        }),
    };

    public static BlockSpec Block(ModelConfig c, int block, IFeedSpec feed) => new()
    {
        Flow = Flow.Before(c.Rms("operator_norm"), c.Rms("ffn_norm")),
        Mixer = HasAttention(c, block)
            ? new FullAttention(c)
            {
                Output = "out_proj",
                QueryNorm = c.QueryNorm(c.HeadWidth, name: "self_attn.q_layernorm"),
                KeyNorm = c.KeyNorm(c.HeadWidth, name: "self_attn.k_layernorm"),
                Rotary = new Rotary(c) { Base = 1000000 }.Of(),
            }
            : new ShortConvolution(c.Width, c.Fields.Size(c.IsGguf ? "shortconv.l_cache" : "conv_L_cache") ?? 3)
            {
                HasBias = c.Fields.Flag("conv_bias") ?? false,
            },
        Feed = feed,
    };

    /// <summary>llama.cpp knows no biases of convolutions.</summary>
    public static string? Fault(ModelSpec spec) => spec.Parameters().Any(parameter => parameter.Name.EndsWith(".conv.bias",
        StringComparison.Ordinal)) ? "llama.cpp knows no biases of short convolutions, and this model has some (conv_bias)" : null;

    /// <summary>By the list of all blocks, or by the older one of those with attention, without which all have it.</summary>
    private static bool HasAttention(ModelConfig c, int block) => c.IsGguf ? !c.HasNoKeys : c.BlockType(block) switch
    {
        null => c.Fields.Numbers("full_attn_idxs")?.Contains(block) ?? true,
        "full_attention" => true,
        "conv" => false,
        var other => throw new LlmKickException(
            $"'{c.Path}' has blocks of the type '{other}', which is not supported here; supported: conv, full_attention."),
    };

    /// <summary>Two thirds of the width that is named, times a factor, up to a multiple.</summary>
    private static int Inner(ModelConfig c)
    {
        if (c.IsGguf)
            return c.FeedForwardWidth;
        var (factor, multiple) = (c.Fields.Number("block_ffn_dim_multiplier") ?? 1, c.Fields.Size("block_multiple_of") ?? 256);
        if (!(c.Fields.Flag("block_auto_adjust_ff_dim") ?? true))
            return c.FeedForwardWidth;
        var inner = (int)(factor * (2 * c.FeedForwardWidth / 3));
        return multiple * ((inner + multiple - 1) / multiple);
    }
}
