using LlmKick.Transformers.Blocks;
using LlmKick.Transformers.Configuration;
using LlmKick.Transformers.Ends;
using LlmKick.Transformers.Feeds;
using LlmKick.Transformers.Layers;
using LlmKick.Transformers.Mixers;
using LlmKick.Transformers.Positions;

namespace LlmKick.Transformers.Families;

/// <summary>VaultGemma: Gemma 2 without the norms after attention and feed-forward.</summary>
internal static class VaultGemma
{
    public static Family Row { get; } = new("vaultgemma")
    {
        Class = "VaultGemmaForCausalLM",
        TiedUnlessSaid = true,
        Ends = c => new()
        {
            EmbeddingScale = Math.Sqrt(c.Width), RoundsScale = true, FinalNorm = c.Rms("norm", 1), Tied = c.IsTied(true),
            LogitCap = c.Number(Keys.LogitCap),
        },
        Block = (c, i) => new()
        {
            Flow = Flow.Before(c.Rms("input_layernorm", 1), c.Rms("pre_feedforward_layernorm", 1)),
            Mixer = new FullAttention(c)
            {
                QkvBias = c.HasBias(Keys.AttentionBias),
                OutputBias = c.HasBias(Keys.AttentionBias),
                Scale = c.ScoreScale(1 / Math.Sqrt(c.Number(Keys.QueryScalar, c.QueryScalar()))),
                ScoreCap = c.Number(Keys.ScoreCap),
                Window = c.WindowOf(i, block => block % 2 == 0),
                Rotary = new Rotary(c).Of(),
            },
            Feed = new Gated(c, c.GeluActivation("hidden_activation")),
        },
    };
}
