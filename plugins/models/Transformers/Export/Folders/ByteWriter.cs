using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Files;
using LlmKick.Sdk.Tensors;
using static TorchSharp.torch;

namespace LlmKick.Transformers.Export.Folders;

/// <summary>The layouts "int-quantized" and "float-quantized": a byte a weight.</summary>
/// <param name="isFloat">Whether the bytes are floats (E4M3).</param>
internal sealed class ByteWriter(bool isFloat) : CompressedTensorsWriter(
    isFloat ? "float-quantized" : "int-quantized",
    isFloat ? "A compressed-tensors folder with 8-bit floats (vLLM, transformers)."
        : "A compressed-tensors folder with integers of 8 bits, inputs rounded too where they were (vLLM, transformers).")
{
    public override string? Fault(LinearFacts linear) => isFloat ? FloatFault(linear.Quantized!) : IntegerFault(linear, linear.Quantized!)
        ?? InputFault(linear.Quantized!.Activations);

    public override IEnumerable<PlannedTensor> Plan(ModelTensor tensor, ScalarType type)
    {
        var (name, encoding, scales) = (tensor.Linear!.Name, tensor.Linear.Quantized!, ScaleShape(tensor.Linear));
        QuantizedWeight Weight() => tensor.Open!().Quantized!;
        yield return new PlannedTensor(name + ".weight", SafetensorsDtype.Find(isFloat ? "F8_E4M3" : "I8")!, tensor.Shape,
            () => isFloat ? Weight().Codes : Signed(Weight().Codes, encoding.Bits));
        yield return Scales.Plan(name + ".weight_scale", scales, ScalarType.Float32, () => Weight().Scales.reshape(scales));
        if (!isFloat && !encoding.Symmetric)
            yield return new PlannedTensor(name + ".weight_zero_point", SafetensorsDtype.Find("I8")!, scales,
                () => Signed(Weight().Zeros!, encoding.Bits).reshape(scales));
        if (tensor.Linear.Forecast.HasColumnGroups)
            yield return PackedTensors.ColumnGroups(name + ".weight_g_idx", tensor);
        if (encoding.Activations is { Range: ActivationRange.Tensor } inputs)
            yield return new PlannedTensor(name + ".input_scale", SafetensorsDtype.Find("F32")!, [1],
                () => Scalar((float)inputs.Scale!.Value));
    }

    private static Tensor Scalar(float value) => tensor(new[] { value });

    private static long[] ScaleShape(LinearFacts linear) => linear.Forecast.HasOneScale ? [1]
        : [linear.Outputs, PackedTensors.Groups(linear)];

    private static string? FloatFault(QuantizedEncoding encoding) => encoding.Format != CodeFormat.Fp8E4M3
        ? $"has {(encoding.Format == CodeFormat.Integer ? $"integers of {encoding.Bits} bits" : $"codes of {encoding.Format}")}, and the "
            + $"format holds 8-bit floats alone"
        : ActivationFault.Of(encoding);

    private static string? InputFault(ActivationScheme? inputs) => inputs switch
    {
        { OutlierThreshold: not null } => "multiplies large inputs as floats, which the format cannot say",
        { Bits: not 8 } => $"rounds its inputs to {inputs.Bits} bits, and the format has 8",
        { Range: ActivationRange.Tensor, Scale: null } => "has no scale for its inputs",
        _ => null,
    };

    private static Tensor Signed(Tensor codes, int bits) => codes.to_type(ScalarType.Int16).sub_(Number.Of(1 << (bits - 1)))
        .to_type(ScalarType.Int8);
}
