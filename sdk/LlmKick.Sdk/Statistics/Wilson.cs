namespace LlmKick.Sdk.Statistics;

/// <summary>The score interval of a proportion (Wilson, 1927): sound for few samples and for proportions at 0 and 1.</summary>
public static class Wilson
{
    /// <summary>The two-sided 95 % quantile of the standard normal distribution.</summary>
    private const double Z = 1.959963984540054;

    /// <summary>The 95 % interval of a proportion of independent samples.</summary>
    /// <param name="successes">Samples that count; 0 … <paramref name="samples"/>.</param>
    /// <param name="samples">All samples; at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A count is outside its range.</exception>
    public static Interval Interval(int successes, int samples)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(samples, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(successes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(successes, samples);
        double n = samples, proportion = successes / n;
        var scale = 1 + Z * Z / n;
        var centre = (proportion + Z * Z / (2 * n)) / scale;
        var half = Z * Math.Sqrt(proportion * (1 - proportion) / n + Z * Z / (4 * n * n)) / scale;
        // The ends are exact where rounding alone would move them.
        return new Interval(successes == 0 ? 0 : centre - half, successes == samples ? 1 : centre + half);
    }
}
