using LlmKick.Sdk.Compression;

namespace LlmKick.Quantization;

/// <summary>Rounds what attention remembers, not the weights: <see cref="KeyValueScheme"/>. Scoring sees the rounded keys and values as
/// writing does.</summary>
internal sealed class KvCache(KvCacheOptions options) : ICompressor
{
    /// <inheritdoc/>
    public InputStatistics Needs => InputStatistics.None;

    /// <inheritdoc/>
    public LinearForecast? Foresee(LinearPlace place, LinearForecast before) => before;

    /// <inheritdoc/>
    public void Compress(ITransformer model, CompressionContext context)
    {
        context.CancellationToken.ThrowIfCancellationRequested();
        model.KeyValues = new KeyValueScheme(options.Bits, options.GroupSize);
    }
}
