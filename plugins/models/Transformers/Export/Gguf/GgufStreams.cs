using LlmKick.Transformers.Families;
using LlmKick.Transformers.Feeds;

namespace LlmKick.Transformers.Export.Gguf;

/// <summary>What GGUF metadata say of several hidden states, and of gates that pass only what stands out.</summary>
internal static class GgufStreams
{
    public const string Count = "altup.num_inputs";
    public const string Active = "altup.active_idx";
    public const string Inner = "embedding_length_per_layer_input";
    public const string Sparsity = "activation_sparsity_scale";

    public static IEnumerable<(string Key, object? Value)> Of(ModelSpec spec)
    {
        if (spec.Block(0).Streams is not { } streams)
            yield break;
        yield return (Count, (uint)streams.Count);
        yield return (Active, (uint)streams.Active);
        yield return (Sparsity, GgufExperts.Feeds(spec).Select(feed => (float)DeviationsOf(((Gated)feed).Activation.Dropped)).ToArray());
    }

    /// <summary>Φ⁻¹(share); −∞ for nothing.</summary>
    public static double DeviationsOf(double share) => share == 0 ? double.NegativeInfinity : Layers.Activation.Deviations(share);
}
