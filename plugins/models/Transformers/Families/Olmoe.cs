using LlmKick.Transformers.Blocks;
using LlmKick.Transformers.Configuration;
using LlmKick.Transformers.Feeds;
using LlmKick.Transformers.Layers;
using LlmKick.Transformers.Mixers;
using LlmKick.Transformers.Positions;

namespace LlmKick.Transformers.Families;

/// <summary>OLMoE (Muennighoff et al., arXiv 2409.02060): experts everywhere, queries and keys normed over all heads.</summary>
internal static class Olmoe
{
    public static Family Row { get; } = new("olmoe")
    {
        Class = "OlmoeForCausalLM",
        GgufName = "olmoe",
        GgufFault = spec => GgufNotes.UnlessExpertsSumToOne(spec, isOne: false),
        Ends = c => new() { FinalNorm = c.Rms("norm"), Tied = c.IsTied() },
        Block = (c, i) => new()
        {
            Flow = Flow.Before(c.Rms("input_layernorm"), c.Rms("post_attention_layernorm")),
            Mixer = new FullAttention(c)
            {
                QkvBias = c.HasBias(Keys.AttentionBias),
                OutputBias = c.HasBias(Keys.AttentionBias),
                QueryNorm = c.QueryNorm(c.Heads * c.HeadWidth),
                KeyNorm = c.KeyNorm(c.KeyValueHeads * c.HeadWidth),
                Clip = c.Number(Keys.Clip),
                Rotary = new Rotary(c).Of(),
            },
            Feed = Feed(c),
        },
    };

    public static Experts Feed(ModelConfig c) => new(c.Router(RouterScore.Softmax) with { Normalized = c.Flag(Keys.NormalizesExperts) },
        c.FeedForwardWidth, c.Activation(Activation.Silu));
}
