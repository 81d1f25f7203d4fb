using LlmKick.Transformers.Blocks;
using LlmKick.Transformers.Configuration;
using LlmKick.Transformers.Ends;
using LlmKick.Transformers.Feeds;
using LlmKick.Transformers.Layers;
using LlmKick.Transformers.Mixers;
using LlmKick.Transformers.Positions;

namespace LlmKick.Transformers.Families;

/// <summary>MPT: ALiBi, norms and linears without biases. Much of its configuration changes nothing in the reference.</summary>
internal static class Mpt
{
    public static Family Row { get; } = new("mpt")
    {
        Class = "MPTForCausalLM",
        GgufName = "mpt",
        Spellings = ["d_model", "n_layers", "n_heads", "max_seq_len", "layer_norm_epsilon"],
        Root = "transformer",
        BlockList = "blocks",
        TiedUnlessSaid = true,
        Idle = ["attn_config", "expansion_ratio", "learned_pos_emb", "logit_scale", "no_bias", "norm_type", "emb_pdrop", "resid_pdrop",
            "embedding_fraction", "init_device", "init_config", "verbose",
            "use_cache", "tokenizer_name"],
        Ends = c => new() { Embedding = "wte", FinalNorm = c.Layer("norm_f", bias: false), Tied = c.IsTied(true) },
        Block = (c, i) => new()
        {
            Flow = Flow.Before(c.Layer("norm_1", bias: false), c.Layer("norm_2", bias: false)),
            Mixer = new FullAttention(c)
            {
                Module = "attn",
                Fused = "Wqkv",
                Output = "out_proj",
                Clip = c.IsGguf ? c.Number(Keys.Clip) : c.Fields.Section("attn_config")?.Number("clip_qkv"),
                Scale = c.ScoreScale(c.IsGguf ? null : c.Fields.Section("attn_config")?.Number("softmax_scale")),
                Alibi = new(c.Heads, c.AlibiExponent()) { FromNextPower = true },
            },
            Feed = new Plain(c.Width, 4 * c.Width, Activation.Gelu) { Up = "ffn.up_proj", Down = "ffn.down_proj" },
        },
    };
}
