using System.Text.Json.Serialization;
using LlmKick.Sdk.Compression;

namespace LlmKick.Runs.Records;

/// <summary>The weights of the matrices that were pruned; none where none was.</summary>
/// <param name="Zeros">Those that are exactly zero.</param>
/// <param name="Weights">All of them.</param>
internal sealed record SparsityRecord([property: JsonRequired] long Zeros, [property: JsonRequired] long Weights)
{
    /// <summary>Counts from the last report of each linear.</summary>
    public static SparsityRecord Of(IEnumerable<LinearReport> reports)
    {
        var pruned = reports.GroupBy(report => (report.Block, report.Linear)).Select(linear => linear.Last())
            .Where(report => report.Encoding.IsPruned).ToList();
        return new SparsityRecord(pruned.Sum(report => report.Zeros), pruned.Sum(report => report.Size));
    }
}
