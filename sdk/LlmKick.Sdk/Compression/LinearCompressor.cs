namespace LlmKick.Sdk.Compression;

/// <summary>The common case: a method that treats each linear group on its own, block after block.</summary>
public abstract class LinearCompressor : ICompressor
{
    /// <inheritdoc/>
    public abstract InputStatistics Needs { get; }

    /// <summary>Which compressed parts the inputs have passed.</summary>
    /// <value><see cref="InputOrigin.CompressedBlocks"/>.</value>
    protected virtual InputOrigin Origin => InputOrigin.CompressedBlocks;

    /// <inheritdoc/>
    public virtual void Compress(ITransformer model, CompressionContext context) =>
        BlockwisePass.Run(model,
            new PassPlan(Needs, CompressGroup) { Origin = Origin, Selects = Selects, Prepare = Prepares ? PrepareBlock : null }, context);

    /// <summary>Whether a method prepares blocks: it then has the statistics of all groups at once, whatever they take.</summary>
    private bool Prepares => ((Action<IReadOnlyList<LinearGroup>, IReadOnlyList<GroupStatistics>, GroupContext>)PrepareBlock)
        .Method.DeclaringType != typeof(LinearCompressor);

    /// <summary>Whether a linear is to be compressed. The others are left as they are, and the report of each says why.</summary>
    /// <param name="place">The linear.</param>
    /// <value>All but routers and convolutions.</value>
    protected virtual bool Selects(LinearPlace place) => !place.IsLeftByRole;

    /// <inheritdoc/>
    public virtual LinearForecast? Foresee(LinearPlace place, LinearForecast before) => null;

    /// <summary>
    /// Changes a block into an equal one that is easier to compress, by <see cref="LinearGroup.Scale"/>, before its groups are compressed
    /// one by one, with the statistics of all groups, which are then kept at once whatever
    /// <see cref="CompressionContext.StatisticsBudget"/> says. Changes are reported against what this leaves. Not called
    /// with <see cref="InputOrigin.CompressedGroups"/>.
    /// </summary>
    /// <param name="groups">The block's groups.</param>
    /// <param name="statistics">Of each group; <see cref="GroupStatistics.DivideInputs"/> keeps them in step.</param>
    /// <param name="context">Where the block lies, and a seed.</param>
    protected virtual void PrepareBlock(IReadOnlyList<LinearGroup> groups, IReadOnlyList<GroupStatistics> statistics, GroupContext context)
    {
    }

    /// <summary>Compresses the linears of one group through
    /// <see cref="Linear.Replace(TorchSharp.torch.Tensor, LinearEncoding)"/>.</summary>
    /// <param name="group">The group, with those of its linears that are selected; at least one. Rows of its linears are independent of
    /// each other.</param>
    /// <param name="statistics">What <see cref="Needs"/> asked for.</param>
    /// <param name="context">Where the group lies, and the seed.</param>
    protected abstract void CompressGroup(LinearGroup group, GroupStatistics statistics, GroupContext context);
}
