using LlmKick.Transformers.Blocks;
using LlmKick.Transformers.Configuration;
using LlmKick.Transformers.Ends;
using LlmKick.Transformers.Feeds;
using LlmKick.Transformers.Layers;
using LlmKick.Transformers.Mixers;
using LlmKick.Transformers.Positions;

namespace LlmKick.Transformers.Families;

/// <summary>
/// Gemma 4: norms of w around both parts, unscaled scores, a norm of the values without weights, wider heads in blocks without a window
/// whose keys may be their values, last blocks that look at the keys of earlier ones, and embeddings of the tokens for each block.
/// </summary>
internal static class Gemma4
{
    public static Family Row { get; } = new("gemma4_text")
    {
        Aliases = ["gemma4", "gemma4_unified_text"],
        Class = "Gemma4ForCausalLM",
        GgufName = "gemma4",
        GgufByKind = true,
        TiedUnlessSaid = true,
        Idle = ["attn_logit_softcapping", "query_pre_attn_scalar", "rope_theta", "hidden_act", "moe_intermediate_size", "top_k_experts",
            "num_experts"],
        Ends = c => new()
        {
            EmbeddingScale = Math.Sqrt(c.Width),
            RoundsScale = true,
            FinalNorm = c.Rms("norm"),
            Tied = c.IsTied(true),
            LogitCap = c.Number(Keys.LogitCap),
            Tokens = Inner(c) is { } inner
                ? new(c.Fields.Size("vocab_size_per_layer_input") ?? c.Vocabulary ?? 0, c.BlockCount, inner,
                    c.RmsOf(inner, "per_layer_projection_norm", gguf: "per_layer_proj_norm")) : null,
        },
        Block = (c, i) => Block(Own(c, i), i),
    };

    private static BlockSpec Block(ModelConfig c, int i)
    {
        var (keysOf, isLookedAt) = c.SharedKeys(i, c.IsGguf ? "attention.shared_kv_layers" : "num_kv_shared_layers",
            j => IsSliding(c, j));
        var sliding = IsSliding(c, i);
        return new()
        {
            Flow = Flow.Around(
                c.Rms("input_layernorm"), c.Rms("post_attention_layernorm"), c.Rms("pre_feedforward_layernorm"),
                c.Rms("post_feedforward_layernorm")),
            Mixer = new FullAttention(c)
            {
                QkvBias = c.HasBias(Keys.AttentionBias),
                OutputBias = c.HasBias(Keys.AttentionBias),
                QueryNorm = c.QueryNorm(c.HeadWidth),
                KeyNorm = c.KeyNorm(c.HeadWidth),
                ValueNorm = c.RmsOf(c.HeadWidth, "self_attn.v_norm") with { HasWeight = false },
                Scale = c.ScoreScale(1),
                Window = sliding ? c.Window : null,
                Rotary = new Rotary(c) { Base = sliding ? 10_000 : 1_000_000, LocalBase = 10_000 }.Of(sliding),
                KeysAreValues = c.IsGguf ? !c.HasTensor($"blk.{i}.attn_v.weight") : !sliding
                    && (c.Fields.Flag("attention_k_eq_v") ?? false),
                KeysOf = keysOf,
                IsLookedAt = isLookedAt,
            },
            Feed = new Gated(c.Width, keysOf is not null && c.Fields.Flag("use_double_wide_mlp") is true ? 2 * c.FeedForwardWidth
                : c.FeedForwardWidth, c.GeluActivation("hidden_activation")),
            TokenInput = Inner(c) is { } inner ? new(c.Width, inner, c.GeluActivation("hidden_activation"),
                c.RmsOf(c.Width, "post_per_layer_input_norm", gguf: "post_norm")) : null,
            Scalar = "layer_scalar",
        };
    }

    private static int? Inner(ModelConfig c) =>
        c.Fields.Count(c.IsGguf ? "embedding_length_per_layer_input" : "hidden_size_per_layer_input") is > 0 and var inner ? inner : null;

    private static bool IsSliding(ModelConfig c, int block) => c.IsSliding(block, i => (i + 1) % 6 != 0 && i != c.BlockCount - 1);

    /// <summary>The configuration of a block: the published files name the heads of blocks without a window by keys of their own.</summary>
    private static ModelConfig Own(ModelConfig c, int block)
    {
        c.Fields.Skip("attention.value_length_swa");
        if (IsSliding(c, block))
            return c.At(block).With(Keys.HeadWidth, "attention.key_length_swa");
        return c.Own.ContainsKey(block) ? c.At(block)
            : c.With(Keys.HeadWidth, "global_head_dim").With(Keys.KeyValueHeads, "num_global_key_value_heads");
    }
}
