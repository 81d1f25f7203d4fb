namespace LlmKick.Tests.Quantization.Independent;

/// <summary>
/// Round-to-nearest of KIVI (arXiv 2402.02750), section 3: Q(X) = ⌊(X − z) / s⌉, X′ = Q(X) · s + z, with z = min X and s = (max X − min X)
/// / (2ᵇ − 1); here over a head's values of one token, or groups of them, for keys and values alike.
/// </summary>
internal sealed class RestatedKeyValues(int bits, int groupSize)
{
    public Rounding Rounding { get; } = new();

    public double[] Round(double[] head) => [.. head.Chunk(groupSize).SelectMany(RoundGroup)];

    private IEnumerable<double> RoundGroup(double[] group)
    {
        var zero = group.Min();
        var step = (group.Max() - zero) / ((1 << bits) - 1);
        return group.Select(value => step == 0 ? value : Rounding.Nearest((value - zero) / step) * step + zero);
    }
}
