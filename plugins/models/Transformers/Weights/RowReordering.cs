using LlmKick.Sdk;
using LlmKick.Sdk.Tensors;
using LlmKick.Transformers.Layers;
using static TorchSharp.torch;

namespace LlmKick.Transformers.Weights;

/// <summary>Between the order of rows that families have and that of GGUF files.</summary>
/// <param name="rows">The family's order.</param>
/// <param name="pairs">Whether GGUF files have rotated rows in pairs (0, h/2, 1, h/2+1, …) instead of halves.</param>
internal sealed class RowReordering(RowOrder rows, bool pairs)
{
    /// <summary>Whether anything changes.</summary>
    public bool IsNeeded => rows.KeyValueHeads > 0 ? rows.Order == FusedOrder.Groups : pairs && rows.Rotated > 0;

    /// <summary>Weights, codes, scales or biases, by rows, from a GGUF file's order.</summary>
    public Tensor FromGguf(Tensor tensor) => tensor.index_select(0, argsort(Order(tensor.shape[0])).to(tensor.device));

    /// <summary>The same to a GGUF file's order.</summary>
    public Tensor ToGguf(Tensor tensor) => tensor.index_select(0, Order(tensor.shape[0]).to(tensor.device));

    /// <summary>For each row of a GGUF file the row of the family, int64 [rows].</summary>
    private Tensor Order(long count)
    {
        using var scope = NewDisposeScope();
        var own = arange(Number.Of(0), Number.Of(count), Number.One, ScalarType.Int64);
        return (rows.KeyValueHeads > 0 ? Kinds(own) : Pairs(own)).MoveToOuterDisposeScope();
    }

    private Tensor Pairs(Tensor own)
    {
        if (rows.Heads <= 0 || own.shape[0] != (long)rows.Heads * rows.HeadWidth || rows.Rotated > rows.HeadWidth)
            throw new LlmKickException(
                $"{own.shape[0]} rows cannot be split into {rows.Heads} heads of {rows.HeadWidth}, of which {rows.Rotated} are rotated.");
        var heads = own.view(rows.Heads, rows.HeadWidth);
        return cat([heads.narrow(1, 0, rows.Rotated).view(rows.Heads, 2, rows.Rotated / 2).transpose(1, 2).flatten(1),
            heads.narrow(1, rows.Rotated, rows.HeadWidth - rows.Rotated)], 1).reshape(-1);
    }

    private Tensor Kinds(Tensor own)
    {
        var perKey = rows.Heads / rows.KeyValueHeads;
        var groups = own.view(rows.KeyValueHeads, perKey + 2, rows.HeadWidth);
        return cat([groups.narrow(1, 0, perKey).reshape(-1), groups.narrow(1, perKey, 1).reshape(-1),
            groups.narrow(1, perKey + 1, 1).reshape(-1)]);
    }
}
