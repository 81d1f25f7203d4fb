using LlmKick.Sdk.Compression;

namespace LlmKick.Runs.Records;

/// <summary>Shares of weights that are exactly zero.</summary>
/// <param name="PrunedMatrices">Of the matrices that were pruned; 0 where none was.</param>
/// <param name="AllParameters">Of all parameters, counting the zeros of pruned matrices alone.</param>
internal sealed record SparsityRecord(double PrunedMatrices, double AllParameters)
{
    /// <summary>Counts zeros as the last report of each linear tells them.</summary>
    public static SparsityRecord Of(IEnumerable<LinearReport> reports, long parameters)
    {
        double zeros = 0, weights = 0;
        foreach (var last in reports.GroupBy(report => (report.Block, report.Linear)).Select(linear => linear.Last())
            .Where(report => report.Encoding.IsPruned))
        {
            var size = last.Shape.Aggregate(1L, (product, length) => product * length);
            weights += size;
            zeros += Math.Round(last.Sparsity * size);
        }
        return weights == 0 ? new SparsityRecord(0, 0) : new SparsityRecord(zeros / weights, zeros / parameters);
    }
}
