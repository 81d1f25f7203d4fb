using LlmKick.Transformers.Blocks;
using LlmKick.Transformers.Configuration;
using LlmKick.Transformers.Ends;
using LlmKick.Transformers.Feeds;
using LlmKick.Transformers.Layers;
using LlmKick.Transformers.Mixers;
using LlmKick.Transformers.Positions;

namespace LlmKick.Transformers.Families;

/// <summary>Ministral 3 and Devstral 2: Mistral with YaRN, and queries that grow with their position.</summary>
internal static class Ministral3
{
    public static Family Row { get; } = new("ministral3")
    {
        Class = "Ministral3ForCausalLM",
        GgufName = "mistral3",
        GgufNote = GgufNotes.NoWindow,
        GgufPairs = true,
        Ends = c => new() { FinalNorm = c.Rms("norm"), Tied = c.IsTied() },
        Block = (c, i) => new()
        {
            Flow = Flow.Before(c.Rms("input_layernorm"), c.Rms("post_attention_layernorm")),
            Mixer = new FullAttention(c) { Window = c.WindowOf(i, _ => true), Rotary = new Rotary(c).Of(), Growth = Growth(c) },
            Feed = new Gated(c, c.Activation(Activation.Silu)),
        },
    };

    private static QueryGrowth? Growth(ModelConfig c)
    {
        if (c.IsGguf)
            return c.Fields.Number("attention.temperature_scale") is { } scale
                ? new(scale, c.Fields.Need(c.Fields.Size(Keys.OriginalContext), "rope.scaling.original_context_length")) : null;
        var parameters = c.Fields.Section("rope_parameters");
        return parameters?.Number("llama_4_scaling_beta") is { } beta
            ? new(beta, parameters.Need(parameters.Size("original_max_position_embeddings", int.MaxValue),
                "original_max_position_embeddings")) : null;
    }
}
