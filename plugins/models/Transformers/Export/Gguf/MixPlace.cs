using LlmKick.Sdk.Compression;

namespace LlmKick.Transformers.Export.Gguf;

/// <summary>What decides a linear's block type.</summary>
/// <param name="Role">What it does.</param>
/// <param name="Layer">Its block.</param>
/// <param name="Layers">Blocks of the model.</param>
/// <param name="QueriesPerKey">Query heads that share a key head.</param>
internal sealed record MixPlace(LinearRole Role, int Layer, int Layers, int QueriesPerKey)
{
    /// <summary>The first and last eighth, and every third between.</summary>
    public bool GetsMoreBits => Layer < Layers / 8 || Layer >= 7 * Layers / 8 || (Layer - Layers / 8) % 3 == 2;
}
