using System.Globalization;

namespace LlmKick.Reports.Comparisons;

/// <summary>What a run must keep to pass.</summary>
internal static class RecoveryGate
{
    /// <summary>A sentence for each comparison that keeps too little. Where nothing can be lost, nothing is asked.</summary>
    /// <param name="comparisons">The comparisons.</param>
    /// <param name="recovery">Share of the other score that must be kept.</param>
    /// <param name="other">What is compared with, in words.</param>
    public static IEnumerable<string> Breaches(IEnumerable<Comparison> comparisons, double recovery, string other) =>
        comparisons.Where(one => one.IsInformative && !(one.Kept >= recovery)).Select(one => string.Create(CultureInfo.InvariantCulture,
            $"{one.Variant}/{one.Task}: {one.Metric} is {one.Value:0.####} beside {one.Dense:0.####} of {other}: {100 * one.Kept:0.0} % is kept, and {100 * recovery:0.##} % is required."));
}
