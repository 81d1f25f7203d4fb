namespace LlmKick.Transformers.Layers;

/// <summary>Learned factors of channels that a part asks for: x · (w · factor), or, squared, x · (w · factor)² (nGPT, Loshchilov et al.,
/// arXiv 2410.01131).</summary>
/// <param name="Name">The tensor's whole name inside the block.</param>
/// <param name="Width">Channels.</param>
/// <param name="Factor">What the stored numbers are multiplied by.</param>
internal sealed record ScaleSpec(string Name, int Width, double Factor)
{
    public bool IsSquared { get; init; }

    /// <summary>Whether the amount of a factor counts alone.</summary>
    public bool IsAbsolute { get; init; }

    public ParameterSpec Parameter => new(ParameterKind.Other, Name, [Width]);

    public Scale Build(IPartReader reader) => new(this, reader.Tensor(Parameter));

    public static IEnumerable<ParameterSpec> All(params IEnumerable<ScaleSpec?> scales) =>
        scales.OfType<ScaleSpec>().Select(scale => scale.Parameter);
}
