namespace LlmKick.Transformers.Layers;

/// <summary>A norm that a part asks for: x / √(mean x² + ε) · (offset + w), or, centred, (x − mean) / √(variance + ε) · w + b, or, to
/// length 1, x / √(Σ x² + ε).</summary>
/// <param name="Name">Its name, such as <c>input_layernorm</c>.</param>
/// <param name="Width">Numbers that are normed together.</param>
/// <param name="Epsilon">ε.</param>
internal sealed record NormSpec(string Name, int Width, double Epsilon)
{
    /// <summary>Whether the mean is taken out (LayerNorm); else it is an RMS norm.</summary>
    public bool Centred { get; init; }

    /// <summary>Whether numbers are brought to length 1 instead of an RMS of 1.</summary>
    public bool ToLengthOne { get; init; }

    public bool HasWeight { get; init; } = true;

    public bool HasBias { get; init; }

    /// <summary>How many parts of the numbers are normed each by itself.</summary>
    public int Groups { get; init; } = 1;

    /// <summary>What is added to the weight.</summary>
    public double Offset { get; init; }

    /// <summary>Its name in GGUF files, such as <c>attn_norm</c>.</summary>
    public string? Gguf { get; init; }

    /// <summary>What the weight is in GGUF files where it is not the same tensor there; null where it is.</summary>
    public GgufForm? GgufForm { get; init; }

    public IEnumerable<ParameterSpec> Parameters
    {
        get
        {
            if (HasWeight)
                yield return new(ParameterKind.Norm, Name + ".weight", [Width]) { Offset = Offset, Gguf = Gguf is null ? null
                    : Gguf + ".weight", GgufForm = GgufForm };
            if (HasBias)
                yield return new(ParameterKind.NormBias, Name + ".bias", [Width]) { Gguf = Gguf is null ? null : Gguf + ".bias" };
        }
    }

    public static IEnumerable<ParameterSpec> All(params IEnumerable<NormSpec?> norms) => norms.OfType<NormSpec>()
        .SelectMany(norm => norm.Parameters);
}
