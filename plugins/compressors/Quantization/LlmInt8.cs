using LlmKick.Sdk.Compression;

namespace LlmKick.Quantization;

/// <summary>LLM.int8() (Dettmers et al., arXiv 2208.07339): rows of weights and tokens are rounded to 8 bits by their largest number,
/// inputs that are too large are multiplied as floats.</summary>
/// <remarks>
/// The paper takes whole columns of a batch as outliers where any token's input reaches the threshold, so that a result depends on what
/// else is in the batch; here each token's own inputs decide, which is what the paper does for one token at a time. As in the released code
/// for inference, the floats' product is with
/// the weight of 8 bits, made float again: no second copy of the weights is kept.
/// </remarks>
internal sealed class LlmInt8(LlmInt8Options options) : LinearCompressor
{
    private ActivationScheme Scheme => new() { Range = ActivationRange.Token, OutlierThreshold = options.Threshold };

    /// <inheritdoc/>
    public override InputStatistics Needs => InputStatistics.None;

    /// <inheritdoc/>
    public override void Compress(ITransformer model, CompressionContext context)
    {
        AbsMaxWeight.RequireIntegers(model);
        options.RequireMatches(model);
        base.Compress(model, context);
    }

    /// <inheritdoc/>
    public override LinearForecast? Foresee(LinearPlace place, LinearForecast before) =>
        options.Selects(place) ? AbsMaxWeight.Foresee(before, WeightShare.Channel, Scheme) : before;

    /// <inheritdoc/>
    protected override bool Selects(LinearPlace place) => options.Selects(place);

    /// <inheritdoc/>
    protected override void CompressGroup(LinearGroup group, GroupStatistics statistics, GroupContext context)
    {
        foreach (var linear in group.Linears)
            AbsMaxWeight.Replace(linear, WeightShare.Channel, Scheme);
    }
}
