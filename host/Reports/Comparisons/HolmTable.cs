using LlmKick.Sdk.Statistics;

namespace LlmKick.Reports.Comparisons;

/// <summary>Corrects the p-values of a table of comparisons for their number.</summary>
internal static class HolmTable
{
    /// <summary>The comparisons, each with its corrected p-value where it has one.</summary>
    public static IReadOnlyList<Comparison> Correct(IReadOnlyList<Comparison> made)
    {
        var adjusted = new Queue<double>(Holm.Adjust([.. made.Where(one => one.RawP is not null).Select(one => one.RawP!.Value)]));
        return [.. made.Select(one => one.RawP is null ? one : one with { P = adjusted.Dequeue() })];
    }
}
