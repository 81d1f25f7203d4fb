using LlmKick.Transformers.Blocks;
using LlmKick.Transformers.Families;
using LlmKick.Transformers.Feeds;
using LlmKick.Transformers.Layers;

namespace LlmKick.Transformers.Export.Gguf;

/// <summary>What GGUF metadata say of several hidden states, and of gates that pass only what stands out.</summary>
internal static class GgufStreams
{
    public static IEnumerable<(string Key, object? Value)> Of(ModelSpec spec)
    {
        if (spec.Block(0).Streams is not { } streams)
            yield break;
        yield return (StreamsSpec.CountKey, (uint)streams.Count);
        yield return (StreamsSpec.ActiveKey, (uint)streams.Active);
        yield return (Activation.DeviationsKey, GgufExperts.Feeds(spec)
            .Select(feed => (float)Activation.Deviations(((Gated)feed).Activation.Dropped)).ToArray());
    }
}
