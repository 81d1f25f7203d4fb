using System.Collections.Concurrent;

namespace LlmKick.Sdk.Statistics;

/// <summary>Student's t distribution (1908): what takes the normal distribution's place where a standard error is estimated of few
/// numbers.</summary>
internal static class StudentT
{
    // The sum has half as many terms, in each of 60 steps; beyond, the expansion is as exact.
    private const int LargestExact = 500;

    private static readonly ConcurrentDictionary<int, double> Known = new();

    /// <summary>The two-sided 95 % quantile: 12.7 with one degree of freedom, 1.96 with many.</summary>
    /// <param name="freedom">Degrees of freedom; at least 1.</param>
    public static double Quantile(int freedom) => Known.GetOrAdd(freedom, Find);

    private static double Find(int freedom)
    {
        if (freedom > LargestExact) // Fisher's expansion; the next term is below 1e-7.
            return Wilson.Z + (Math.Pow(Wilson.Z, 3) + Wilson.Z) / (4 * freedom)
                + (5 * Math.Pow(Wilson.Z, 5) + 16 * Math.Pow(Wilson.Z, 3) + 3 * Wilson.Z) / (96.0 * freedom * freedom);
        double low = 0, high = Math.PI / 2;
        // A double has 53 bits: more halvings change nothing.
        for (var i = 0; i < 60; i++)
            (low, high) = Within((low + high) / 2, freedom) < 0.95 ? ((low + high) / 2, high) : (low, (low + high) / 2);
        return Math.Sqrt(freedom) * Math.Tan(low);
    }

    /// <summary>P(|t| ≤ √freedom · tan angle), a finite sum (Abramowitz and Stegun 26.7.3 and 26.7.4).</summary>
    private static double Within(double angle, int freedom)
    {
        var (sine, cosine, isOdd) = (Math.Sin(angle), Math.Cos(angle), freedom % 2 == 1);
        double term = isOdd ? cosine : 1, sum = freedom == 1 ? 0 : term;
        for (var i = isOdd ? 3 : 2; i <= freedom - 2; i += 2)
            sum += term *= (i - 1.0) / i * cosine * cosine;
        return isOdd ? 2 / Math.PI * (angle + sine * sum) : sine * sum;
    }
}
