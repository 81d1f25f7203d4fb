using LlmKick.Sdk.Compression;

namespace LlmKick.Sdk.Solving;

/// <summary>What an integer grid is like: weights are scale · (code − zero), codes being 0 … 2^bits − 1.</summary>
/// <param name="Bits">Bits of a code.</param>
/// <param name="GroupSize">Consecutive inputs that share a scale; null for whole rows.</param>
/// <param name="Symmetric">Whether its zero is 2^(bits − 1) everywhere.</param>
/// <param name="Mse">Whether its range is searched: shrunk in steps of 1 % to a fifth, what changes the weights least (norm 2.4) is kept,
/// as in GPTQ's reference code.</param>
public sealed record QuantizationScheme(int Bits, int? GroupSize, bool Symmetric = false, bool Mse = false)
{
    /// <summary>Whether ranges end at 0 at least; AWQ's do not.</summary>
    /// <value>True.</value>
    public bool IncludesZero { get; init; } = true;

    /// <summary>How many digits scales have.</summary>
    /// <value><see cref="Solving.ScaleType.Float32"/>.</value>
    public ScaleType ScaleType { get; init; } = ScaleType.Float32;

    /// <summary>The largest code, 2^bits − 1.</summary>
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
