using LlmKick.Transformers.Layers;

namespace LlmKick.Transformers.Ends;

/// <summary>
/// Gemma 3n's and 4's per-layer embeddings: a row of <paramref name="Width"/> numbers a block and token, (N(project(x) / √hidden) + row ·
/// √width) / √2 with x the token's embedding.
/// </summary>
/// <param name="Rows">Tokens that have a row.</param>
/// <param name="Blocks">Blocks of the model.</param>
/// <param name="Width">Numbers a block.</param>
/// <param name="Norm">N.</param>
internal sealed record TokenTable(int Rows, int Blocks, int Width, NormSpec Norm)
{
    /// <summary>The key of GGUF metadata that has the width.</summary>
    public const string WidthKey = "embedding_length_per_layer_input";

    public string Table { get; init; } = "embed_tokens_per_layer";

    public string Projection { get; init; } = "per_layer_model_projection";
}

/// <summary>Learned positions.</summary>
/// <param name="Name">The table's name.</param>
/// <param name="Rows">Its rows.</param>
/// <param name="Offset">The row of position 0.</param>
internal sealed record PositionTable(string Name, int Rows, int Offset = 0);
