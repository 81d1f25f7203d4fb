namespace LlmKick.Transformers.Formats.Adapters;

/// <summary>What a tensor of an adapter is to the module that it belongs to.</summary>
internal enum AdapterPart
{
    /// <summary>A, [r, inputs].</summary>
    Down,

    /// <summary>B, [outputs, r].</summary>
    Up,

    /// <summary>A of an embedding, [r, rows].</summary>
    EmbeddingDown,

    /// <summary>B of an embedding, [width, r].</summary>
    EmbeddingUp,

    /// <summary>The module's whole tensor, trained or kept beside its adapter.</summary>
    Whole,
}
