using LlmKick.Transformers.Blocks;
using LlmKick.Transformers.Configuration;
using LlmKick.Transformers.Ends;
using LlmKick.Transformers.Feeds;
using LlmKick.Transformers.Layers;
using LlmKick.Transformers.Mixers;
using LlmKick.Transformers.Positions;

namespace LlmKick.Transformers.Families;

/// <summary>Gemma 3 (arXiv 2503.19786): Gemma 2 without caps of scores, with norms of query and key heads, and five blocks with a window
/// for one without.</summary>
internal static class Gemma3
{
    public static Family Row { get; } = new("gemma3_text")
    {
        Class = "Gemma3ForCausalLM",
        GgufName = "gemma3",
        GgufNote = GgufNotes.UsualScale,
        TiedUnlessSaid = true,
        Idle = ["hidden_act", "attn_logit_softcapping", "_sliding_window_pattern"],
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
                QueryNorm = c.QueryNorm(c.HeadWidth, 1),
                KeyNorm = c.KeyNorm(c.HeadWidth, 1),
                Scale = c.ScoreScale(1 / Math.Sqrt(c.Number(Keys.QueryScalar, c.QueryScalar()))),
                Window = c.WindowOf(i, block => IsSliding(c, block)),
                Rotary = new Rotary(c) { Base = 1_000_000, LocalBase = 10_000 }.Of(c.IsSliding(i, block => IsSliding(c, block))),
            },
            Feed = new Gated(c, c.GeluActivation("hidden_activation")),
        },
    };

    private static bool IsSliding(ModelConfig c, int block) => (block + 1) % (c.Fields.Size(Keys.WindowPattern) ?? 6) != 0;
}
