using LlmKick.Sdk.Compression;
using LlmKick.Transformers.Formats.Weights;
using static TorchSharp.torch;

namespace LlmKick.Transformers.Formats.Quantization;

/// <summary>Linears as compressed-tensors stores them: codes packed into words, codes of 8 bits as a weight, or a mask with the values that
/// are not zero.</summary>
internal sealed class CompressedTensorsFormat(ITensorFiles files, CompressedTensorsSettings settings) : IPackedFormat
{
    public string Description => $"compressed-tensors ({settings.Format})"
        + string.Concat(settings.Schemes.Select(scheme => scheme.Description).Distinct().Select(scheme => $"; {scheme}"));

    public string? Remark => settings.Schemes.Any(scheme => scheme.LeavesInputs)
        ? $"'{settings.Path}' asks for quantized inputs of linears too; they are computed as floats here."
        : null;

    public IReadOnlyList<string> Markers { get; } = ["weight_packed", "weight_scale", "bitmask"];

    public IReadOnlyList<string> Parts { get; } =
    [
        "weight", "weight_packed", "weight_scale", "weight_shape", "weight_zero_point", "weight_g_idx", "bitmask", "compressed",
        "row_offsets", "shape",
        "input_scale", "input_zero_point", "output_scale", "output_zero_point",
    ];

    public string Dtype(string module)
    {
        var parts = new PackedParts(files, module);
        if (!parts.Has("weight_scale"))
            return parts.Find("compressed").Dtype + ", masked";
        var scheme = settings.Scheme(module);
        return scheme.IsFloat ? Float8.E4M3 : $"int{scheme.Bits}";
    }

    public IReadOnlyList<long> Shape(string module)
    {
        var parts = new PackedParts(files, module);
        return parts.Has("weight_packed") ? PackQuantizedCodes.Shape(parts) : parts.Has("bitmask") ? MaskedWeight.Shape(parts)
            : parts.Find("weight").Shape;
    }

    public QuantizedWeight? Quantized(string module)
    {
        var parts = new PackedParts(files, module);
        if (!parts.Has("weight_scale"))
            return null;
        using var scope = NewDisposeScope();
        var weight = new CompressedTensorsLinear(parts, settings.Scheme(module), PackedSize.Of(Shape(module), files, module)).Read();
        scope.MoveToOuter(weight.Parts.Values);
        return weight;
    }

    public Tensor Read(string module)
    {
        using var scope = NewDisposeScope();
        var parts = new PackedParts(files, module);
        return (Quantized(module)?.Decode() ?? MaskedWeight.Read(parts, PackedSize.Of(Shape(module), files, module)))
            .MoveToOuterDisposeScope();
    }

    public LinearEncoding Encoding(string module) =>
        new PackedParts(files, module).Has("bitmask") ? new PrunedEncoding(settings.Pattern) : LinearEncoding.Dense;
}
