using LlmKick.Transformers.Blocks;
using LlmKick.Transformers.Configuration;
using LlmKick.Transformers.Ends;
using LlmKick.Transformers.Feeds;
using LlmKick.Transformers.Layers;
using LlmKick.Transformers.Mixers;
using LlmKick.Transformers.Positions;

namespace LlmKick.Transformers.Families;

/// <summary>Granite 3 and 4 dense: Llama with four multipliers.</summary>
internal static class Granite
{
    public static Family Row { get; } = new("granite")
    {
        Class = "GraniteForCausalLM",
        GgufName = "granite",
        GgufPairs = true,
        Ends = c => new()
        {
            EmbeddingScale = c.Number(Keys.EmbeddingScale, 1), FinalNorm = c.Rms("norm"), Tied = c.IsTied(),
            LogitScale = 1 / c.Number(Keys.LogitDivisor, 1),
        },
        Block = (c, i) => new()
        {
            Flow = Flow.Before(c.Rms("input_layernorm"), c.Rms("post_attention_layernorm"))
                with { Residual = c.Number(Keys.ResidualScale, 1) },
            Mixer = new FullAttention(c)
            {
                QkvBias = c.HasBias(Keys.AttentionBias),
                OutputBias = c.HasBias(Keys.AttentionBias),
                Scale = c.Number(Keys.AttentionScale) ?? (c.IsGguf ? null : 1),
                Rotary = new Rotary(c).Of(),
            },
            Feed = new Gated(c, c.Activation(Activation.Silu)) { HasBias = c.HasBias(Keys.FeedForwardBias) },
        },
    };
}
