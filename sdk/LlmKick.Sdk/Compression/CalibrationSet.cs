namespace LlmKick.Sdk.Compression;

/// <summary>Token sequences that a compressor looks at a model's activations with.</summary>
/// <param name="Sequences">Sequences of one or of different lengths. Those of a batch have the same: nothing is padded, so that no
/// statistic has a padding's tokens in it.</param>
public sealed record CalibrationSet(IReadOnlyList<int[]> Sequences)
{
    /// <summary>Tokens in the longest sequence.</summary>
    public int Length => Sequences.Max(sequence => sequence.Length);

    /// <summary>Tokens in all sequences.</summary>
    public long Tokens => Sequences.Sum(sequence => (long)sequence.Length);
}
