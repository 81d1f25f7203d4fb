namespace LlmKick.Transformers.Layers;

/// <summary>What the rows of a projection to heads are.</summary>
/// <param name="Heads">Query heads, or the only heads there are.</param>
/// <param name="KeyValueHeads">Key heads behind them in a fused matrix; 0 for a matrix of one kind.</param>
/// <param name="HeadWidth">Rows of a head.</param>
/// <param name="Order">How a fused matrix mixes the kinds.</param>
/// <param name="Rotated">Rows of a head that are rotated by halves, from its first on; 0 for none.</param>
internal sealed record RowOrder(int Heads, int KeyValueHeads, int HeadWidth, FusedOrder Order, int Rotated);

/// <summary>How a matrix that makes queries, keys and values orders its rows.</summary>
internal enum FusedOrder
{
    /// <summary>All queries, all keys, all values.</summary>
    Kinds,

    /// <summary>For each key head its queries, its key, its value.</summary>
    Groups,
}
