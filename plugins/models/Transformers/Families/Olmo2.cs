using LlmKick.Transformers.Blocks;
using LlmKick.Transformers.Configuration;
using LlmKick.Transformers.Ends;
using LlmKick.Transformers.Feeds;
using LlmKick.Transformers.Layers;
using LlmKick.Transformers.Mixers;
using LlmKick.Transformers.Positions;

namespace LlmKick.Transformers.Families;

/// <summary>OLMo 2 (arXiv 2501.00656): norms after both parts, and of the whole projections of queries and keys.</summary>
internal static class Olmo2
{
    public static Family Row { get; } = new("olmo2")
    {
        Class = "Olmo2ForCausalLM",
        GgufName = "olmo2",
        Ends = c => new() { FinalNorm = c.Rms("norm"), Tied = c.IsTied() },
        Block = (c, i) => new()
        {
            Flow = Flow.After(c.Rms("post_attention_layernorm"), c.Rms("post_feedforward_layernorm")),
            Mixer = Attention(c) with { Rotary = new Rotary(c).Of() },
            Feed = new Gated(c, c.Activation(Activation.Silu)),
        },
    };

    public static FullAttention Attention(ModelConfig c) => new(c)
    {
        QkvBias = c.HasBias(Keys.AttentionBias),
        OutputBias = c.HasBias(Keys.AttentionBias),
        QueryNorm = c.QueryNorm(c.Heads * c.HeadWidth),
        KeyNorm = c.KeyNorm(c.KeyValueHeads * c.HeadWidth),
    };
}
