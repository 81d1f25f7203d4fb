using LlmKick.Transformers.Blocks;
using LlmKick.Transformers.Configuration;
using LlmKick.Transformers.Feeds;
using LlmKick.Transformers.Layers;
using LlmKick.Transformers.Mixers;
using LlmKick.Transformers.Positions;

namespace LlmKick.Transformers.Families;

/// <summary>MiniCPM 3: latent attention rotated by halves, LongRoPE, embeddings, branches and last states scaled.</summary>
internal static class MiniCpm3
{
    public static Family Row { get; } = new("minicpm3")
    {
        Class = "MiniCPM3ForCausalLM",
        GgufFault = GgufNotes.Unwritten,
        TiedUnlessSaid = true,
        Idle = DeepSeekV3.Row.Idle,
        Ends = c => new()
        {
            EmbeddingScale = c.Fields.Number("scale_emb") ?? 1,
            FinalNorm = c.Rms("norm"),
            Tied = c.IsTied(true),
            LogitScale = (c.Fields.Number("dim_model_base") ?? c.Width) / c.Width,
        },
        Block = (c, i) => new()
        {
            Flow = Flow.Before(c.Rms("input_layernorm"), c.Rms("post_attention_layernorm")) with
            {
                Residual = c.Fields.Number("scale_depth") is { } depth ? depth / Math.Sqrt(c.BlockCount) : 1,
            },
            Mixer = new LatentAttention(c) is var attention
                ? attention with { Rotary = new Rotary(c) { HeadWidth = attention.Rotated }.Of() } : attention,
            Feed = new Gated(c, c.Activation(Activation.Silu)) { HasBias = c.HasBias(Keys.FeedForwardBias) },
        },
    };
}
