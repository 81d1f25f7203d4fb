namespace LlmKick.Sdk.Compression;

/// <summary>The common case: a method that treats each linear group on its own, block after block.</summary>
public abstract class LinearCompressor : ICompressor
{
    /// <inheritdoc/>
    public abstract InputStatistics Needs { get; }

    /// <inheritdoc/>
    public void Compress(ITransformer model, CompressionContext context) => BlockwisePass.Run(model, Needs, CompressGroup, context);

    /// <summary>Compresses the linears of one group through <see cref="Linear.Replace"/>.</summary>
    /// <param name="group">The group. Rows of its linears are independent of each other.</param>
    /// <param name="statistics">What <see cref="Needs"/> asked for.</param>
    /// <param name="context">Where the group lies, and the seed.</param>
    protected abstract void CompressGroup(LinearGroup group, GroupStatistics statistics, GroupContext context);
}
