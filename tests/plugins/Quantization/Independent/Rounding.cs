namespace LlmKick.Tests.Quantization.Independent;

/// <summary>Rounds to the nearest integer, ties to even, and remembers how near a tie came: nearer than float32 sees, two right answers
/// differ.</summary>
internal sealed class Rounding
{
    /// <summary>The least distance between what was rounded and a tie.</summary>
    public double ClosestTie { get; private set; } = 0.5;

    public double Nearest(double value)
    {
        ClosestTie = Math.Min(ClosestTie, Math.Abs(value - Math.Floor(value) - 0.5));
        return Math.Round(value, MidpointRounding.ToEven);
    }

    /// <summary>Δ = max|X| / (2⁷ − 1).</summary>
    public static double Step(IEnumerable<double> values) => values.Select(Math.Abs).DefaultIfEmpty(0).Max() / 127;

    /// <summary>⌈X / Δ⌋, and what is beyond ±(2⁷ − 1), where Δ comes from other inputs, at that bound.</summary>
    public double[] Codes(double[] values, double step) =>
        [.. values.Select(value => step == 0 ? 0 : Math.Clamp(Nearest(value / step), -127, 127))];
}
