using LlmKick.Sdk.Files;

namespace LlmKick.Transformers.Formats.PyTorch;

/// <summary>A view of a storage, in elements.</summary>
internal sealed record TorchTensor(TorchStorage Storage, SafetensorsDtype Dtype, long Offset, long[] Shape, long[] Strides)
{
    public long Count => Shape.Aggregate(1L, (product, size) => product * size);

    /// <summary>Elements between the first and the last, both counted.</summary>
    public long Extent => Count == 0 ? 0 : 1 + Shape.Zip(Strides, (size, stride) => (size - 1) * stride).Sum();
}

/// <summary>Elements in a row, which tensors are views of.</summary>
/// <param name="Key">The name of the archive's entry.</param>
/// <param name="Dtype">The element type; null where the tensors say it.</param>
/// <param name="Count">Elements, or bytes where the type is not known.</param>
internal sealed record TorchStorage(string Key, SafetensorsDtype? Dtype, long Count);
