using LlmKick.Sdk.Compression;

namespace LlmKick.Runs.Records;

/// <summary>Bits that weights take where they are stored in the smallest common form of their encoding.</summary>
internal static class StoredBits
{
    /// <summary>Of one weight that was not compressed: models are shipped in 16 bits.</summary>
    public const double Dense = 16;

    /// <summary>Of all of a linear's weights together, with everything that is stored beside them.</summary>
    public static double Of(LinearReport linear) => linear.Encoding.StoredBits(linear.Sparsity) * linear.Size;
}
