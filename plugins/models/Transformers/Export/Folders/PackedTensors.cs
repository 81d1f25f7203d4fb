using LlmKick.Sdk.Tensors;
using System.Runtime.InteropServices;
using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Files;
using static TorchSharp.torch;

namespace LlmKick.Transformers.Export.Folders;

/// <summary>Makes the planned tensors of quantized linears.</summary>
internal static class PackedTensors
{
    /// <summary>A tensor of 32-bit words that something packs.</summary>
    public static PlannedTensor Words(string name, long[] shape, Action<Span<int>> pack) =>
        new(name, SafetensorsDtype.Find(ScalarType.Int32)!, shape, () =>
    {
        var words = empty(shape, ScalarType.Int32);
        pack(MemoryMarshal.Cast<byte, int>(words.bytes));
        return words;
    });

    /// <summary>Each column's group, [inputs].</summary>
    public static PlannedTensor ColumnGroups(string name, ModelTensor tensor) =>
        new(name, SafetensorsDtype.Find(ScalarType.Int32)!, [tensor.Shape[1]], () =>
    {
        var weight = tensor.Open!().Quantized!;
        return (weight.ColumnGroups ?? arange(Number.Of(0), Number.Of(tensor.Shape[1]), Number.One)
            .floor_divide(Number.Of(weight.Encoding.GroupSize ?? tensor.Shape[1]))).to_type(ScalarType.Int32);
    });

    /// <summary>The weight's shape as a tensor.</summary>
    public static PlannedTensor Shape(string name, long[] shape) =>
        new(name, SafetensorsDtype.Find(ScalarType.Int64)!, [2], () => tensor(shape));

    /// <summary>Groups of inputs in a row.</summary>
    public static long Groups(LinearFacts linear) => linear.Quantized!.GroupSize is { } size ? (linear.Inputs + size - 1) / size : 1;

    /// <summary>The codes of zero, uint8 [outputs, groups]: those of a symmetric grid are all its middle.</summary>
    public static Tensor Zeros(QuantizedWeight weight, long groups) =>
        (weight.Zeros ?? full(weight.Scales.shape, Number.Of(weight.Encoding.Symmetric ? 1 << (weight.Encoding.Bits - 1) : 0),
            ScalarType.Byte)).expand(weight.Codes.shape[0], groups).contiguous();
}
