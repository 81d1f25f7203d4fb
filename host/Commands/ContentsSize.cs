using LlmKick.Sdk.Models;

namespace LlmKick.Commands;

/// <summary>Sums over a model's tensors.</summary>
internal sealed class ContentsSize(ModelContents contents)
{
    /// <summary>Values of all tensors.</summary>
    public long Parameters => contents.Tensors.Sum(Count);

    /// <summary>Bits a value of the matrices, with scales, zeros and whatever else is stored with them; null where there are
    /// none.</summary>
    public double? BitsPerWeight
    {
        get
        {
            var matrices = contents.Tensors.Where(tensor => tensor.Shape.Count >= 2 && Count(tensor) > 0).ToList();
            return matrices.Count == 0 ? null : matrices.Sum(tensor => tensor.Bytes) * 8 / (double)matrices.Sum(Count);
        }
    }

    /// <summary>Values that are zero; null where they were not counted.</summary>
    public long? Zeros => contents.Tensors.Any(tensor => tensor.Zeros is null) ? null : contents.Tensors.Sum(tensor => tensor.Zeros);

    /// <summary>Bytes of the files.</summary>
    public long FileBytes => contents.Files.Sum(file => file.Bytes);

    /// <summary>Values of a tensor.</summary>
    public static long Count(ContentTensor tensor) => tensor.Shape.Aggregate(1L, (product, size) => product * size);
}
