using LlmKick.Sdk.Compression;

namespace LlmKick.Runs.Records;

/// <summary>What a variant takes to store.</summary>
/// <param name="BitsPerWeight">Bits a weight of the matrices that compressors saw; scales, zeros, column orders and masks counted. 16 where
/// none did.</param>
/// <param name="Bytes">Bytes of all parameters: those matrices so, everything else in 16 bits.</param>
/// <param name="DenseBytes">Bytes of all parameters in 16 bits.</param>
/// <param name="NonZeros">Parameters that pruning has left.</param>
/// <param name="Speed">Where this form is faster than the dense model, and where not.</param>
internal sealed record SizeRecord(double BitsPerWeight, long Bytes, long DenseBytes, long NonZeros, string Speed)
{
    /// <summary>Bytes on disk by format, of the formats that hold it as it is, in the type that each has by default.</summary>
    public IReadOnlyDictionary<string, long> OnDisk { get; init; } = new Dictionary<string, long>();

    /// <summary>Counts from the last report of each linear.</summary>
    public static SizeRecord Of(IEnumerable<LinearReport> reports, long parameters)
    {
        var last = reports.GroupBy(report => (report.Block, report.Linear)).Select(linear => linear.Last()).ToList();
        var (bits, weights) = (last.Sum(StoredBits.Of), last.Sum(linear => linear.Size));
        var zeros = last.Where(linear => linear.Encoding.IsPruned).Sum(linear => linear.Zeros);
        var others = (parameters - weights) * StoredBits.Dense;
        return new SizeRecord(weights > 0 ? bits / weights : StoredBits.Dense, Whole(bits + others), Whole(parameters * StoredBits.Dense),
            parameters - zeros, SpeedNote.Of(last));
    }

    private static long Whole(double bits) => (long)Math.Ceiling(bits / 8);
}
