using LlmKick.Transformers.Blocks;
using LlmKick.Transformers.Configuration;
using LlmKick.Transformers.Mixers;

namespace LlmKick.Transformers.Families;

/// <summary>HyperCLOVA X: Granite with norms after both parts too, and logits that are multiplied instead of divided.</summary>
internal static class HyperClovaX
{
    public static Family Row { get; } = new("hyperclovax")
    {
        Class = "HyperCLOVAXForCausalLM",
        Ends = c => Granite.Row.Ends(c) with { LogitScale = c.Number(Keys.LogitDivisor, 1) },
        Block = (c, i) => Granite.Row.Block(c, i) is var block
            ? block with
            {
                Flow = c.Fields.Flag("use_post_norm") ?? true
                    ? Flow.Around(c.Rms("input_layernorm"), c.Rms("post_norm1"), c.Rms("post_attention_layernorm"), c.Rms("post_norm2"))
                        with { Residual = block.Flow.Residual }
                    : block.Flow,
                Mixer = (FullAttention)block.Mixer with { Scale = c.Number(Keys.AttentionScale) },
            }
            : block,
    };
}
