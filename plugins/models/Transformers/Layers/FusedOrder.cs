namespace LlmKick.Transformers.Layers;

/// <summary>How a matrix that makes queries, keys and values orders its rows.</summary>
internal enum FusedOrder
{
    /// <summary>All queries, all keys, all values.</summary>
    Kinds,

    /// <summary>For each key head its queries, its key, its value.</summary>
    Groups,
}
