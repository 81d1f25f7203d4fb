using System.Globalization;
using LlmKick.Runs.Records;
using LlmKick.Runs.Results;
using LlmKick.Terminals;

namespace LlmKick.Reports;

/// <summary>A column that tells how much of a variant is left.</summary>
/// <param name="Heading">Its heading.</param>
/// <param name="Tells">Whether it tells this variant from an untouched model.</param>
/// <param name="Cell">Its text.</param>
internal sealed record ShareColumn(string Heading, Func<VariantResults, bool> Tells, Func<VariantResults, string?> Cell)
{
    private static readonly ShareColumn[] All =
    [
        new("sparsity", record => record.Sparsity is { PrunedMatrices: > 0 }, record => Percent(record.Sparsity?.PrunedMatrices)),
        new("of all", _ => false, record => Percent(record.Sparsity?.AllParameters)),
        new("bits", record => record.Sparsity is { PrunedMatrices: 0 } && record.Size is { BitsPerWeight: not StoredBits.Dense },
            record => record.Size?.BitsPerWeight.ToString("0.00", CultureInfo.InvariantCulture)),
        new("size", _ => false, record => record.Size is { } size ? ByteCount.OnDisk(size.Bytes) : null),
    ];

    /// <summary>All of them, or those alone that tell the variants of a run from the untouched model: zeros where any was pruned, bits
    /// where any was quantized.</summary>
    public static IReadOnlyList<ShareColumn> Of(IEnumerable<VariantResults> records, bool all)
    {
        var known = records.ToList();
        var telling = All.Where(column => known.Exists(record => column.Tells(record))).ToList();
        return all || telling.Count == 0 ? All : telling;
    }

    private static string? Percent(double? share) => share?.ToString("0.0 %", CultureInfo.InvariantCulture);
}
