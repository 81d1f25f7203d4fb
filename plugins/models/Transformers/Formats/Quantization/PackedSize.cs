using LlmKick.Sdk;
using LlmKick.Transformers.Formats.Weights;

namespace LlmKick.Transformers.Formats.Quantization;

/// <summary>Outputs and inputs of a packed linear that is small enough to be unpacked at once.</summary>
internal readonly record struct PackedSize(int Outputs, int Inputs)
{
    public static PackedSize Of(IReadOnlyList<long> shape, ITensorFiles files, string module) =>
        shape.Count == 2 && shape[0] is > 0 and <= int.MaxValue && shape[1] is > 0 and <= int.MaxValue
            && shape[0] * shape[1] <= int.MaxValue
            ? new PackedSize((int)shape[0], (int)shape[1])
            : throw new LlmKickException($"'{files.Path}' has the quantized linear '{module}' of shape [{string.Join(", ", shape)}], which "
                + $"is no matrix, empty, or too large to be unpacked.");
}
