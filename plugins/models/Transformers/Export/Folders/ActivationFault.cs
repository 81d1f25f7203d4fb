using LlmKick.Sdk.Compression;

namespace LlmKick.Transformers.Export.Folders;

/// <summary>What formats of weights alone say of linears that round their inputs too.</summary>
internal static class ActivationFault
{
    public static string? Of(QuantizedEncoding encoding) => encoding.Activations is null ? null
        : "rounds its inputs too, which the format cannot say";
}
