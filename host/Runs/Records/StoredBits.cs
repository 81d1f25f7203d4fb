using LlmKick.Sdk.Compression;

namespace LlmKick.Runs.Records;

/// <summary>Bits that a weight takes where it is stored in the smallest common form of its encoding.</summary>
internal static class StoredBits
{
    /// <summary>Of a weight that was not compressed: models are shipped in 16 bits.</summary>
    public const double Dense = 16;

    private const double MaskBit = 1;

    /// <summary>
    /// Of a linear's weights: codes with their scales, zeros and column order; of pruned weights those that are left and a bit for each
    /// that says which, or all of them where that is smaller.
    /// </summary>
    public static double Of(LinearReport linear) => linear.Encoding switch
    {
        QuantizedEncoding quantized => quantized.BitsPerWeight,
        PrunedEncoding => Math.Min(Dense, Dense * (1 - linear.Sparsity) + MaskBit),
        _ => Dense,
    };
}
