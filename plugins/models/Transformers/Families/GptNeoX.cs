using LlmKick.Transformers.Blocks;
using LlmKick.Transformers.Configuration;
using LlmKick.Transformers.Ends;
using LlmKick.Transformers.Feeds;
using LlmKick.Transformers.Layers;
using LlmKick.Transformers.Mixers;
using LlmKick.Transformers.Positions;

namespace LlmKick.Transformers.Families;

/// <summary>GPT-NeoX and Pythia (Black et al., arXiv 2204.06745): attention and feed-forward side by side with a norm each, queries, keys
/// and values mixed by head.</summary>
internal static class GptNeoX
{
    public static Family Row { get; } = new("gpt_neox")
    {
        Class = "GPTNeoXForCausalLM",
        GgufName = "gptneox",
        Spellings = ["rotary_emb_base", "rotary_pct"],
        Root = "gpt_neox",
        Ends = c => new() { Embedding = "embed_in", FinalNorm = c.Layer("final_layer_norm"), Head = "embed_out", Tied = c.IsTied() },
        Block = (c, i) => new()
        {
            Flow = c.Flag(Keys.ParallelBlocks, true)
                ? Flow.Parallel(c.Layer("input_layernorm"), c.Layer("post_attention_layernorm") with { Gguf = "ffn_norm" })
                : Flow.Before(c.Layer("input_layernorm"), c.Layer("post_attention_layernorm")),
            Mixer = new FullAttention(c.Width, c.Heads, c.Heads, c.HeadWidth)
            {
                Module = "attention",
                Fused = "query_key_value",
                Order = FusedOrder.Groups,
                Output = "dense",
                QkvBias = c.HasBias(Keys.AttentionBias, true),
                OutputBias = c.HasBias(Keys.AttentionBias, true),
                Rotary = new Rotary(c) { Share = 0.25 }.Of(),
            },
            Feed = new Plain(c, c.Activation(Activation.Gelu)) { Up = "mlp.dense_h_to_4h", Down = "mlp.dense_4h_to_h", HasBias = true },
        },
    };
}
