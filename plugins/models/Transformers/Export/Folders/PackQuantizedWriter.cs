using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Files;
using LlmKick.Transformers.Formats.Packing;
using static TorchSharp.torch;

namespace LlmKick.Transformers.Export.Folders;

/// <summary>The layout "pack-quantized": integers as a stream of bits, each row by itself.</summary>
internal sealed class PackQuantizedWriter()
    : CompressedTensorsWriter(Layout, "A compressed-tensors folder with packed integers of up to 8 bits (vLLM, transformers).")
{
    public const string Layout = "pack-quantized";

    public override ScalarType? ScaleType(ScalarType type) => type;

    public override string? Fault(LinearFacts linear) => IntegerFault(linear, linear.Quantized!) ?? ActivationFault.Of(linear.Quantized!);

    public override IEnumerable<PlannedTensor> Plan(ModelTensor tensor, ScalarType type)
    {
        var (linear, outputs, inputs, groups) =
            (tensor.Linear!, (int)tensor.Shape[0], (int)tensor.Shape[1], (int)PackedTensors.Groups(tensor.Linear!));
        var bits = linear.Quantized!.Bits;
        QuantizedWeight Weight() => tensor.Open!().Quantized!;
        yield return PackedTensors.Words(linear.Name + ".weight_packed",
            [outputs, CompressedTensorsPacking.Words(inputs, bits, padded: false)],
            words => CompressedTensorsPacking.PackCodes(Weight().Codes.bytes, outputs, inputs, bits, padded: false, words));
        yield return Scales.Plan(linear.Name + ".weight_scale", [outputs, groups], type, () => Weight().Scales.expand(outputs, groups));
        yield return PackedTensors.Shape(linear.Name + ".weight_shape", tensor.Shape);
        if (!linear.Quantized.Symmetric)
            yield return PackedTensors.Words(linear.Name + ".weight_zero_point",
                [CompressedTensorsPacking.Words(outputs, bits, padded: false), groups],
                words => CompressedTensorsPacking.PackZeros(PackedTensors.Zeros(Weight(), groups).bytes, outputs, groups, bits,
                    padded: false, words));
        if (linear.Forecast.HasColumnGroups)
            yield return PackedTensors.ColumnGroups(linear.Name + ".weight_g_idx", tensor);
    }
}
