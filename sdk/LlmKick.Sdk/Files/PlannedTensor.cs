using static TorchSharp.torch;

namespace LlmKick.Sdk.Files;

/// <summary>A tensor that will be written to a safetensors file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Dtype">Its element type in the file.</param>
/// <param name="Shape">Its shape.</param>
/// <param name="Read">Makes it when its turn comes, in a dispose scope of the writer; its bytes are those of the file, whatever torch calls
/// their type.</param>
public sealed record PlannedTensor(string Name, SafetensorsDtype Dtype, IReadOnlyList<long> Shape, Func<Tensor> Read)
{
    /// <summary>Bytes in the file.</summary>
    public long Length => Shape.Aggregate((long)Dtype.Bits, (product, size) => product * size) / 8;
}
