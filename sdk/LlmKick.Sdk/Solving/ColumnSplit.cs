using static TorchSharp.torch;

namespace LlmKick.Sdk.Solving;

/// <summary>Rows cut into groups of columns.</summary>
public static class ColumnSplit
{
    /// <summary>[rows, columns] to [rows, groups, size]; a last group that is not full is filled with its last column.</summary>
    /// <param name="weight">[rows, columns].</param>
    /// <param name="size">Columns of a group; null for one group.</param>
    /// <returns>[rows, groups, size], owned by the caller's dispose scope; a view of the weight where groups are full.</returns>
    public static Tensor Cut(Tensor weight, int? size)
    {
        ArgumentNullException.ThrowIfNull(weight);
        if (size is not { } width)
            return weight.unsqueeze(1);
        var (rows, columns) = (weight.shape[0], weight.shape[1]);
        var missing = (width - columns % width) % width;
        var filled = missing == 0 ? weight : cat([weight, weight.narrow(1, columns - 1, 1).expand(rows, missing)], 1);
        return filled.reshape(rows, -1, width);
    }

    /// <summary>[rows, groups, size] back to [rows, columns].</summary>
    /// <param name="groups">[rows, groups, size].</param>
    /// <param name="columns">How many columns there were.</param>
    /// <returns>[rows, columns], owned by the caller's dispose scope.</returns>
    public static Tensor Join(Tensor groups, long columns)
    {
        ArgumentNullException.ThrowIfNull(groups);
        return groups.flatten(1).narrow(1, 0, columns);
    }
}
