namespace LlmKick.Sdk.Compression;

/// <summary>Token sequences that a compressor looks at a model's activations with.</summary>
/// <param name="Sequences">Sequences of equal length.</param>
public sealed record CalibrationSet(IReadOnlyList<int[]> Sequences)
{
    /// <summary>Tokens in each sequence.</summary>
    public int Length => Sequences[0].Length;
}
