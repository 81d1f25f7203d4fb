using static TorchSharp.torch;

namespace LlmKick.Sdk.Files;

/// <summary>An element type of safetensors files.</summary>
/// <param name="Name">The name in the file, such as <c>BF16</c>.</param>
/// <param name="Size">Bytes an element.</param>
/// <param name="ScalarType">The same type in torch, or null where TorchSharp has none: such tensors can only be read as bytes.</param>
public sealed record SafetensorsDtype(string Name, int Size, ScalarType? ScalarType)
{
    /// <summary>Every type of the format.</summary>
    public static IReadOnlyList<SafetensorsDtype> All { get; } =
    [
        new("BOOL", 1, TorchSharp.torch.ScalarType.Bool),
        new("U8", 1, TorchSharp.torch.ScalarType.Byte),
        new("I8", 1, TorchSharp.torch.ScalarType.Int8),
        new("F8_E4M3", 1, null),
        new("F8_E5M2", 1, null),
        new("F8_E8M0", 1, null),
        new("I16", 2, TorchSharp.torch.ScalarType.Int16),
        new("U16", 2, null),
        new("F16", 2, TorchSharp.torch.ScalarType.Float16),
        new("BF16", 2, TorchSharp.torch.ScalarType.BFloat16),
        new("I32", 4, TorchSharp.torch.ScalarType.Int32),
        new("U32", 4, null),
        new("F32", 4, TorchSharp.torch.ScalarType.Float32),
        new("F64", 8, TorchSharp.torch.ScalarType.Float64),
        new("I64", 8, TorchSharp.torch.ScalarType.Int64),
        new("U64", 8, null),
    ];

    /// <summary>The type with a name, or null.</summary>
    /// <param name="name">A name as in the file.</param>
    public static SafetensorsDtype? Find(string? name) => All.FirstOrDefault(type => type.Name == name);

    /// <summary>The type that stores a torch type, or null.</summary>
    /// <param name="type">A torch type.</param>
    public static SafetensorsDtype? Find(ScalarType type) => All.FirstOrDefault(row => row.ScalarType == type);
}
