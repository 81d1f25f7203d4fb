using LlmKick.Transformers.Blocks;
using LlmKick.Transformers.Configuration;
using LlmKick.Transformers.Ends;
using LlmKick.Transformers.Feeds;
using LlmKick.Transformers.Layers;
using LlmKick.Transformers.Mixers;
using LlmKick.Transformers.Positions;

namespace LlmKick.Transformers.Families;

/// <summary>BLOOM (arXiv 2211.05100): ALiBi, a norm after the embedding, queries, keys and values mixed by head.</summary>
internal static class Bloom
{
    public static Family Row { get; } = new("bloom")
    {
        Class = "BloomForCausalLM",
        GgufName = "bloom",
        GgufFault = spec => spec.Block(0).Flow.AddsToNormed ? "llama.cpp adds what BLOOM's parts compute to the states before the norm "
            + "(apply_residual_connection_post_layernorm is not in GGUF files)" : null,
        Spellings = ["n_layer", "n_head", "layer_norm_epsilon"],
        Root = "transformer",
        BlockList = "h",
        TiedUnlessSaid = true,
        ContextUnlessSaid = 2048,
        Idle = ["pretraining_tp", "slow_but_exact", "masked_softmax_fusion", "attention_softmax_in_fp32", "bias_dropout_fusion", "n_inner",
            "offset_alibi", "seq_length", "skip_bias_add",
            "skip_bias_add_qkv", "unk_token_id"],
        Ends = c => new()
        {
            Embedding = "word_embeddings", EmbeddingNorm = c.Layer("word_embeddings_layernorm") with { Gguf = "token_embd_norm" },
            FinalNorm = c.Layer("ln_f"), Tied = c.IsTied(true),
        },
        Block = (c, i) => new()
        {
            Flow = Flow.Before(c.Layer("input_layernorm"), c.Layer("post_attention_layernorm")) with
            {
                AddsToNormed = c.Fields.Flag("apply_residual_connection_post_layernorm") ?? false,
            },
            Mixer = new FullAttention(c)
            {
                Module = "self_attention", Fused = "query_key_value", Order = FusedOrder.Groups, Output = "dense", QkvBias = true,
                OutputBias = true, Alibi = new(c.Heads, c.AlibiExponent()),
            },
            Feed = new Plain(c.Width, 4 * c.Width, Activation.GeluTanh) { Up = "mlp.dense_h_to_4h", Down = "mlp.dense_4h_to_h",
                HasBias = true },
        },
    };
}
