using LlmKick.Sdk.Compression;

namespace LlmKick.Runs.Records;

/// <summary>How much of a model's linears was compressed: <paramref name="Compressed"/> and all of <paramref name="Left"/> add up to
/// <paramref name="Bytes"/>.</summary>
/// <param name="Bytes">Bytes of the weights of all linears, before compression.</param>
/// <param name="Compressed">Bytes of those that were compressed, by one step or another.</param>
/// <param name="Left">Bytes of the others by reason: <c>role</c>, <c>selection</c>, <c>method</c>, <c>scaling</c>.</param>
/// <param name="LostCodes">Linears that one step quantized and a later one made floats again.</param>
internal sealed record CoverageRecord(long Bytes, long Compressed, IReadOnlyDictionary<string, long> Left, int LostCodes)
{
    /// <summary>The share below which it is said.</summary>
    public const double Usual = 0.9;

    /// <summary>Share of the bytes that was compressed.</summary>
    public double Share => Compressed / (double)Bytes;

    /// <summary>Counts from the last report of each linear; null where linears were not what was compressed.</summary>
    public static CoverageRecord? Of(IEnumerable<LinearReport> reports)
    {
        var last = reports.GroupBy(report => (report.Block, report.Linear)).Select(linear => linear.Last()).ToList();
        var left = last.Where(report => report.Encoding is DenseEncoding).GroupBy(report => report.Left ?? LeftReason.Method)
            .OrderBy(same => same.Key)
            .ToDictionary(same => same.Key.ToString().ToLowerInvariant(), same => same.Sum(report => report.Bytes));
        var bytes = last.Sum(report => report.Bytes);
        return bytes == 0 ? null : new CoverageRecord(bytes, bytes - left.Values.Sum(), left, last.Count(report => report.LostCodes));
    }
}
