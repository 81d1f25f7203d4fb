using LlmKick.Sdk.Compression;

namespace LlmKick.Runs.Records;

/// <summary>Bits that weights take where they are stored in the smallest common form of their encoding.</summary>
internal static class StoredBits
{
    /// <summary>Of one weight that was not compressed: models are shipped in 16 bits.</summary>
    public const double Dense = 16;

    /// <summary>
    /// Of all of a linear's weights together: codes with their scales, zeros and column order; of pruned weights those that are left and a
    /// bit for each that says which, or all of them where that is smaller.
    /// </summary>
    public static double Of(LinearReport linear) => linear.Encoding switch
    {
        QuantizedEncoding quantized => quantized.BitsPerWeight * linear.Size,
        PrunedEncoding => Math.Min(Dense * linear.Size, Dense * (linear.Size - linear.Zeros) + linear.Size),
        _ => Dense * linear.Size,
    };
}
