using System.Runtime.InteropServices;
using LlmKick.Sdk;
using LlmKick.Transformers.Formats.Weights;
using static TorchSharp.torch;

namespace LlmKick.Transformers.Formats.Quantization;

/// <summary>The tensors that stand for one linear's weight, checked before they are read.</summary>
internal sealed class PackedParts(ITensorFiles files, string module)
{
    private static readonly string[] Floats = ["F16", "BF16", "F32"];

    public bool Has(string part) => files.Contains(Name(part));

    /// <summary>A tensor that must be there.</summary>
    public StoredTensor Find(string part) => Has(part)
        ? files.Describe(Name(part))
        : throw new LlmKickException(
            $"'{files.Path}' lacks the tensor '{Name(part)}', which the quantized linear '{module}' needs; the folder may be incomplete. "
                + "Download it again, or take another checkpoint.");

    /// <summary>The shape of a tensor that must be of one of some types.</summary>
    public IReadOnlyList<long> Shape(string part, params ReadOnlySpan<string> dtypes)
    {
        var tensor = Find(part);
        return dtypes.Contains(tensor.Dtype) ? tensor.Shape
            : throw Fault(part, $"is of the type {tensor.Dtype}, not {string.Join(" or ", dtypes.ToArray())}");
    }

    /// <summary>Rows and columns of a tensor that must be a matrix of some type.</summary>
    public (long Rows, long Columns) Matrix(string part, params ReadOnlySpan<string> dtypes) =>
        Shape(part, dtypes) is [var rows, var columns]
        ? (rows, columns)
        : throw Fault(part, $"has the shape [{string.Join(", ", Find(part).Shape)}], not two dimensions");

    /// <summary>Refuses a tensor of another shape.</summary>
    public void Require(string part, string[] dtypes, params ReadOnlySpan<long> shape)
    {
        if (!Shape(part, dtypes).SequenceEqual(shape.ToArray()))
            throw Fault(part, $"has the shape [{string.Join(", ", Find(part).Shape)}], not [{string.Join(", ", shape.ToArray())}]");
    }

    /// <summary>Whole numbers, as many as the tensor has.</summary>
    public long[] Numbers(string part)
    {
        var bytes = files.Bytes(Name(part));
        return Find(part).Dtype == "I64" ? MemoryMarshal.Cast<byte, long>(bytes).ToArray()
            : [.. MemoryMarshal.Cast<byte, int>(bytes).ToArray().Select(number => (long)number)];
    }

    /// <summary>A tensor as it is stored, owned by the caller's scope.</summary>
    public Tensor Read(string part) => files.Read(Name(part));

    /// <summary>Scales as float32 in the shape that they have, and the bits of one.</summary>
    public (Tensor Values, int Bits) Scales(string part)
    {
        _ = Shape(part, Floats);
        return (Read(part).to_type(ScalarType.Float32), Find(part).Dtype == "F32" ? 32 : 16);
    }

    public LlmKickException Fault(string part, string what) => new($"'{files.Path}' has the tensor '{Name(part)}' that {what}. "
        + "Check that the bits and groups of its quantization settings are those that it was packed with, or download it again.");

    /// <summary>The elements of a fresh tensor.</summary>
    public static Span<T> Elements<T>(Tensor tensor) where T : unmanaged => MemoryMarshal.Cast<byte, T>(tensor.bytes);

    private string Name(string part) => $"{module}.{part}";
}
