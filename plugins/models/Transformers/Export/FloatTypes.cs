using LlmKick.Sdk;
using LlmKick.Sdk.Files;
using LlmKick.Transformers.Weights;
using static TorchSharp.torch;

namespace LlmKick.Transformers.Export;

/// <summary>The types that weights which are not quantized are stored in.</summary>
internal static class FloatTypes
{
    /// <summary>As the model's own files have it, tensor by tensor.</summary>
    public const string Own = "own";

    private static readonly (string Name, ScalarType Type)[] Rows =
        [("bfloat16", ScalarType.BFloat16), ("float16", ScalarType.Float16), ("float32", ScalarType.Float32)];

    public static IReadOnlyList<string> Names { get; } = [.. Rows.Select(row => row.Name)];

    public static string Name(ScalarType type) => Array.Find(Rows, row => row.Type == type).Name;

    /// <summary>A type by its name; for <see cref="Own"/> that of the embedding, bfloat16 where the model's files are quantized.</summary>
    public static ScalarType Resolve(string name, ExportedModel model) =>
        name == Own ? model.Tensors[0].OwnType ?? ScalarType.BFloat16 : Array.Find(Rows, row => row.Name == name).Type;

    /// <summary>A tensor of the model as it is written.</summary>
    /// <param name="tensor">The tensor.</param>
    /// <param name="type">The type of the file.</param>
    /// <param name="own">Whether tensors that the model's files have in another type keep that.</param>
    public static PlannedTensor Plan(ModelTensor tensor, ScalarType type, bool own)
    {
        var stored = own ? tensor.OwnType ?? type : type;
        long[] shape = tensor.Parameter.Spec.Transposed ? [.. tensor.Shape.Reverse()] : tensor.Shape;
        Tensor Values() => Finite(tensor.Read(stored), tensor.Name, stored);
        return new(tensor.Name, SafetensorsDtype.Find(stored)!, shape, () => tensor.Parameter.Spec.Transposed ? Values().t().contiguous()
            : Values());
    }

    /// <summary>The values, which their type must be able to hold.</summary>
    public static Tensor Finite(Tensor values, string name, ScalarType type) => type != ScalarType.Float16
        || values.isfinite().all().item<bool>()
        ? values
        : throw new LlmKickException($"'{name}' has values that are too large for float16; write it as bfloat16 or float32.");
}
