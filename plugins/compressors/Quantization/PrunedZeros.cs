using LlmKick.Sdk.Compression;

namespace LlmKick.Quantization;

/// <summary>Zeros that an earlier method made.</summary>
internal static class PrunedZeros
{
    /// <summary>How a linear was pruned, or null.</summary>
    public static PrunedEncoding? Of(LinearEncoding encoding) => encoding switch
    {
        PrunedEncoding pruned => pruned,
        QuantizedEncoding quantized => quantized.Pruned,
        _ => null,
    };
}
