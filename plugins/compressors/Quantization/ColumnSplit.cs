using static TorchSharp.torch;

namespace LlmKick.Quantization;

/// <summary>Rows cut into groups of columns.</summary>
internal static class ColumnSplit
{
    /// <summary>[rows, columns] to [rows, groups, size]; a last group that is not full is filled with its last column.</summary>
    /// <param name="weight">[rows, columns].</param>
    /// <param name="size">Columns of a group; null for one group.</param>
    public static Tensor Cut(Tensor weight, int? size)
    {
        if (size is not { } width)
            return weight.unsqueeze(1);
        var (rows, columns) = (weight.shape[0], weight.shape[1]);
        var missing = (width - columns % width) % width;
        var filled = missing == 0 ? weight : cat([weight, weight.narrow(1, columns - 1, 1).expand(rows, missing)], 1);
        return filled.reshape(rows, -1, width);
    }

    /// <summary>[rows, groups, size] back to [rows, columns].</summary>
    public static Tensor Join(Tensor groups, long columns) => groups.flatten(1).narrow(1, 0, columns);
}
