using LlmKick.Transformers.Blocks;
using LlmKick.Transformers.Configuration;
using LlmKick.Transformers.Feeds;
using LlmKick.Transformers.Layers;
using LlmKick.Transformers.Mixers;

namespace LlmKick.Transformers.Families;

/// <summary>Youtu-LLM: DeepSeek V3's latent attention, one feed-forward part in every block.</summary>
internal static class Youtu
{
    public static Family Row { get; } = new("youtu")
    {
        Class = "YoutuForCausalLM",
        GgufName = "deepseek2",
        GgufKey = Keys.Experts.Gguf,
        GgufValue = "",
        GgufFault = GgufNotes.LatentFault,
        GgufNote = GgufNotes.Latents,
        TiedUnlessSaid = true,
        Idle = [.. DeepSeekV3.Row.Idle, "embedding_initializer_range"],
        Ends = c => new() { FinalNorm = c.Rms("norm"), Tied = c.IsTied(true) },
        Block = (c, i) => new()
        {
            Flow = Flow.Before(c.Rms("input_layernorm"), c.Rms("post_attention_layernorm")),
            Mixer = c.Latents(i),
            Feed = new Gated(c, c.Activation(Activation.Silu)),
        },
    };
}
