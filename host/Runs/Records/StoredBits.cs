using LlmKick.Sdk.Compression;

namespace LlmKick.Runs.Records;

/// <summary>Bits that a weight takes where it is stored in the smallest common form of its encoding.</summary>
internal static class StoredBits
{
    /// <summary>Of a weight that was not compressed: models are shipped in 16 bits.</summary>
    public const double Dense = 16;

    /// <summary>Of a linear's weights, with everything that is stored beside them.</summary>
    public static double Of(LinearReport linear) => linear.Encoding.StoredBits(linear.Sparsity);
}
