using LlmKick.Sdk.Compression;

namespace LlmKick.Quantization;

/// <summary>What an integer grid is like.</summary>
/// <param name="Bits">Bits of a code.</param>
/// <param name="GroupSize">Consecutive inputs that share a scale; null for whole rows.</param>
/// <param name="Symmetric">Whether its zero is 2^(bits − 1) everywhere.</param>
/// <param name="Mse">Whether its range is searched.</param>
internal sealed record GridForm(int Bits, int? GroupSize, bool Symmetric = false, bool Mse = false)
{
    /// <summary>Whether ranges end at 0 at least; AWQ's do not.</summary>
    public bool IncludesZero { get; init; } = true;

    /// <summary>How many digits scales have.</summary>
    public ScaleType ScaleType { get; init; } = ScaleType.Float32;

    public int Highest => (1 << Bits) - 1;

    /// <summary>The encoding of a linear with this grid.</summary>
    /// <param name="pruned">The form of its zeros, or null.</param>
    public QuantizedEncoding Encoding(PrunedEncoding? pruned) => new()
    {
        Format = CodeFormat.Integer,
        Bits = Bits,
        GroupSize = GroupSize,
        Symmetric = Symmetric,
        Pruned = pruned,
    };
}
