using LlmKick.Transformers.Blocks;
using LlmKick.Transformers.Configuration;
using LlmKick.Transformers.Ends;
using LlmKick.Transformers.Feeds;
using LlmKick.Transformers.Layers;
using LlmKick.Transformers.Mixers;
using LlmKick.Transformers.Positions;

namespace LlmKick.Transformers.Families;

/// <summary>Apertus (arXiv 2509.14233): norms of query and key heads, a plain feed-forward part with a learned activation
/// function.</summary>
internal static class Apertus
{
    public static Family Row { get; } = new("apertus")
    {
        Class = "ApertusForCausalLM",
        GgufName = "apertus",
        Ends = c => new() { FinalNorm = c.Rms("norm"), Tied = c.IsTied() },
        Block = (c, i) => new()
        {
            Flow = Flow.Before(c.Rms("attention_layernorm"), c.Rms("feedforward_layernorm")),
            Mixer = new FullAttention(c)
            {
                QkvBias = c.HasBias(Keys.AttentionBias),
                OutputBias = c.HasBias(Keys.AttentionBias),
                QueryNorm = c.QueryNorm(c.HeadWidth),
                KeyNorm = c.KeyNorm(c.HeadWidth),
                Rotary = new Rotary(c) { Base = 12_000_000 }.Of(),
            },
            Feed = IsLearned(c)
                ? new Plain(c.Width, c.FeedForwardWidth, null) { Up = "mlp.up_proj", Down = "mlp.down_proj", Xielu = "mlp.act_fn" }
                : new Plain(c, c.Activation(Activation.Silu)) { Up = "mlp.up_proj", Down = "mlp.down_proj" },
        },
    };

    private static bool IsLearned(ModelConfig c) => (c.Fields.Text(Keys.Activation) ?? "xielu") == "xielu";
}
