using LlmKick.Sdk.Tensors;
using static TorchSharp.torch;

namespace LlmKick.Transformers.Positions;

/// <summary>Attention with linear biases (Press et al., arXiv 2108.12409): each head subtracts a slope times the distance from its
/// scores.</summary>
/// <param name="Heads">Heads, whose slopes follow from their number.</param>
/// <param name="Greatest">The exponent of the smallest slope, 2^−Greatest: 8 in the paper.</param>
/// <param name="Scale">What biases are multiplied by.</param>
internal sealed record Alibi(int Heads, double Greatest = 8, double Scale = 1)
{
    /// <summary>Whether slopes and biases are rounded to bfloat16, as Falcon's reference does whatever it computes in.</summary>
    public bool Rounded { get; init; }

    /// <summary>Whether the slopes are those of the next power of two, every second first, as MPT has them: the same where heads are a
    /// power of two.</summary>
    public bool FromNextPower { get; init; }

    /// <summary>The slopes, one a head: those of the power of two below, then every second one of the next.</summary>
    public float[] Slopes()
    {
        if (FromNextPower)
            return SlopesOfNextPower();
        var whole = 1 << (int)Math.Floor(Math.Log2(Heads));
        var first = Enumerable.Range(1, Math.Min(whole, Heads)).Select(i => Math.Pow(2, -Greatest * i / whole));
        var rest = Enumerable.Range(0, Heads - whole).Select(i => Math.Pow(2, -Greatest * (2 * i + 1) / (2 * whole)));
        return [.. first.Concat(rest).Select(slope => (float)slope)];
    }

    /// <summary>Biases of keys at positions 0 … keys − 1, float32 [1, heads, 1, keys]: constants a query shifts all its scores by do not
    /// matter.</summary>
    public Tensor Biases(long keys, Device device)
    {
        using var scope = NewDisposeScope();
        var slopes = tensor(Slopes(), device: device).view(1, -1, 1, 1);
        var positions = arange(Number.Of(0), Number.Of(keys), Number.One, ScalarType.Float32, device).view(1, 1, 1, -1);
        var biases = Rounded ? Round(Round(slopes) * Round(positions)) : slopes * positions;
        return (Scale == 1 ? biases : biases.mul(Number.Of(Scale))).MoveToOuterDisposeScope();
    }

    private float[] SlopesOfNextPower()
    {
        var next = 1 << (int)Math.Ceiling(Math.Log2(Heads));
        var all = Enumerable.Range(1, next).Select(i => (float)Math.Pow(2, -Greatest * i / next)).ToArray();
        return next == Heads ? all : [.. all.Where((_, i) => i % 2 == 1).Concat(all.Where((_, i) => i % 2 == 0)).Take(Heads)];
    }

    private static Tensor Round(Tensor values) => values.to_type(ScalarType.BFloat16).to_type(ScalarType.Float32);
}
