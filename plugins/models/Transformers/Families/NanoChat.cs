using LlmKick.Transformers.Blocks;
using LlmKick.Transformers.Configuration;
using LlmKick.Transformers.Ends;
using LlmKick.Transformers.Feeds;
using LlmKick.Transformers.Layers;
using LlmKick.Transformers.Mixers;
using LlmKick.Transformers.Positions;

namespace LlmKick.Transformers.Families;

/// <summary>nanochat: no norm has weights, one stands right after the embedding; rotation turns the other way, before queries and keys are
/// normed; capped logits.</summary>
internal static class NanoChat
{
    public static Family Row { get; } = new("nanochat")
    {
        Class = "NanoChatForCausalLM",
        Ends = c => new()
        {
            EmbeddingNorm = Norm(c), FinalNorm = Norm(c), Tied = c.IsTied(), LogitCap = c.Number(Keys.LogitCap, 15),
        },
        Block = (c, i) => new()
        {
            Flow = Flow.Before(Norm(c), Norm(c)),
            Mixer = new FullAttention(c)
            {
                QkvBias = c.HasBias(Keys.AttentionBias),
                OutputBias = c.HasBias(Keys.AttentionBias),
                QueryNorm = c.Weightless(c.HeadWidth, "q_norm"),
                KeyNorm = c.Weightless(c.HeadWidth, "k_norm"),
                RotatesFirst = true,
                Rotary = new Rotary(c) { Reversed = true }.Of(),
            },
            Feed = new Plain(c, c.Activation(Activation.SquaredRelu)),
        },
    };

    private static NormSpec Norm(ModelConfig c) => c.Weightless(c.Width, "norm");
}
