using LlmKick.Transformers.Blocks;
using LlmKick.Transformers.Configuration;
using LlmKick.Transformers.Ends;
using LlmKick.Transformers.Feeds;
using LlmKick.Transformers.Layers;
using LlmKick.Transformers.Mixers;
using LlmKick.Transformers.Positions;

namespace LlmKick.Transformers.Families;

/// <summary>Gemma 2 (arXiv 2408.00118): Gemma with norms around both parts, capped scores and logits, and a window in every second
/// block.</summary>
internal static class Gemma2
{
    public static Family Row { get; } = new("gemma2")
    {
        Class = "Gemma2ForCausalLM",
        GgufName = "gemma2",
        GgufNote = GgufNotes.UsualScale,
        TiedUnlessSaid = true,
        Idle = ["hidden_act"],
        Ends = c => new()
        {
            EmbeddingScale = Math.Sqrt(c.Width), RoundsScale = true, FinalNorm = c.Rms("norm", 1), Tied = c.IsTied(true),
            LogitCap = c.Number(Keys.LogitCap),
        },
        Block = (c, i) => new()
        {
            Flow = Flow.Around(
                c.Rms("input_layernorm", 1), c.Rms("post_attention_layernorm", 1), c.Rms("pre_feedforward_layernorm", 1),
                c.Rms("post_feedforward_layernorm", 1)),
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
