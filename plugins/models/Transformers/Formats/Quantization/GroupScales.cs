using static TorchSharp.torch;

namespace LlmKick.Transformers.Formats.Quantization;

/// <summary>The scales of GPTQ and AWQ: [groups, outputs] in their files.</summary>
internal static class GroupScales
{
    /// <summary>float32 [outputs, groups], owned by the caller's scope, and the bits of a stored scale.</summary>
    public static (Tensor Scales, int Bits) Read(PackedParts parts, PackedSize size, int? groupSize)
    {
        var groups = groupSize is { } inputs ? (size.Inputs + (long)inputs - 1) / inputs : 1;
        parts.Require("scales", ["F16", "BF16", "F32"], groups, size.Outputs);
        var (values, bits) = parts.Scales("scales");
        return (values.t().contiguous(), bits);
    }
}
