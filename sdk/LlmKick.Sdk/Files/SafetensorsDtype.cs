using static TorchSharp.torch;

namespace LlmKick.Sdk.Files;

/// <summary>An element type of safetensors files.</summary>
/// <param name="Name">The name in the file, such as <c>BF16</c>.</param>
/// <param name="Bits">Bits an element; types of less than a byte are packed, and a tensor of them fills whole bytes.</param>
/// <param name="ScalarType">The same type in torch, or null where TorchSharp has none: such tensors can only be read as bytes.</param>
public sealed record SafetensorsDtype(string Name, int Bits, ScalarType? ScalarType)
{
    /// <summary>Every type of the format.</summary>
    public static IReadOnlyList<SafetensorsDtype> All { get; } =
    [
        new("BOOL", 8, TorchSharp.torch.ScalarType.Bool),
        new("F4", 4, null),
        new("F6_E2M3", 6, null),
        new("F6_E3M2", 6, null),
        new("U8", 8, TorchSharp.torch.ScalarType.Byte),
        new("I8", 8, TorchSharp.torch.ScalarType.Int8),
        new("F8_E4M3", 8, null),
        new("F8_E5M2", 8, null),
        new("F8_E4M3FNUZ", 8, null),
        new("F8_E5M2FNUZ", 8, null),
        new("F8_E8M0", 8, null),
        new("I16", 16, TorchSharp.torch.ScalarType.Int16),
        new("U16", 16, null),
        new("F16", 16, TorchSharp.torch.ScalarType.Float16),
        new("BF16", 16, TorchSharp.torch.ScalarType.BFloat16),
        new("I32", 32, TorchSharp.torch.ScalarType.Int32),
        new("U32", 32, null),
        new("F32", 32, TorchSharp.torch.ScalarType.Float32),
        new("F64", 64, TorchSharp.torch.ScalarType.Float64),
        new("C64", 64, null),
        new("I64", 64, TorchSharp.torch.ScalarType.Int64),
        new("U64", 64, null),
    ];

    /// <summary>Bytes an element; 0 for a type of less than a byte.</summary>
    public int Size => Bits / 8;

    /// <summary>The type with a name, or null.</summary>
    /// <param name="name">A name as in the file.</param>
    public static SafetensorsDtype? Find(string? name) => All.FirstOrDefault(type => type.Name == name);

    /// <summary>The type that stores a torch type, or null.</summary>
    /// <param name="type">A torch type.</param>
    public static SafetensorsDtype? Find(ScalarType type) => All.FirstOrDefault(row => row.ScalarType == type);
}
