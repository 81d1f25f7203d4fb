using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Tensors;
using static TorchSharp.torch;

namespace LlmKick.Quantization;

/// <summary>
/// SmoothQuant (Xiao et al., arXiv 2211.10438): scales move what is hard to round from activations to weights, then both are rounded to 8
/// bits and multiplied as integers.
/// </summary>
/// <remarks>As in the released code, scales are found with the inputs of the uncompressed model. An output projection of grouped queries
/// cannot be smoothed.</remarks>
internal sealed class SmoothQuant(SmoothQuantOptions options) : LinearCompressor
{
    private const int Highest = 127;
    // The released code's: an input that always was 0 would be divided by 0.
    private const double LeastScale = 1e-5;
    // Of inputs that all are 0 the scale is 0, and would be divided by.
    private const double LeastStep = 1e-30;

    /// <inheritdoc/>
    public override InputStatistics Needs => InputStatistics.AbsMax;

    /// <inheritdoc/>
    protected override InputOrigin Origin => InputOrigin.Original;

    /// <inheritdoc/>
    public override void Compress(ITransformer model, CompressionContext context)
    {
        AbsMaxWeight.RequireIntegers(model);
        options.RequireMatches(model);
        base.Compress(model, context);
    }

    /// <inheritdoc/>
    public override LinearForecast? Foresee(LinearPlace place, LinearForecast before) => options.Selects(place)
        ? AbsMaxWeight.Foresee(before, options.Weights, options.Activations == ActivationKind.Dynamic
            ? new ActivationScheme { Range = ActivationRange.Token }
            : new ActivationScheme { Range = ActivationRange.Tensor, Scale = 1 })
        : before;

    /// <inheritdoc/>
    protected override void PrepareBlock(IReadOnlyList<LinearGroup> groups, IReadOnlyList<GroupStatistics> statistics, GroupContext context)
    {
        foreach (var input in SharedInput.Of(groups, statistics))
        {
            using var scope = NewDisposeScope();
            var isSmoothed = options.Smooth == SmoothedGroups.All || input.Source.Linear is null;
            if (isSmoothed && input.Linears.Any(l => options.Selects(context.PlaceOf(l))))
                input.Scale(Scales(input));
        }
    }

    /// <inheritdoc/>
    protected override bool Selects(LinearPlace place) => options.Selects(place);

    /// <inheritdoc/>
    protected override void CompressGroup(LinearGroup group, GroupStatistics statistics, GroupContext context)
    {
        var scheme = options.Activations == ActivationKind.Dynamic
            ? new ActivationScheme { Range = ActivationRange.Token }
            : new ActivationScheme { Range = ActivationRange.Tensor,
                Scale = Math.Max(statistics.AbsMax.max().item<float>() / Highest, LeastStep) };
        foreach (var linear in group.Linears)
            AbsMaxWeight.Replace(linear, options.Weights, scheme);
    }

    /// <summary>Equation 4: s_j = max|X_j|^α / max|W_j|^(1−α); 1 where either is 0 and there is nothing to share.</summary>
    private Tensor Scales(SharedInput input)
    {
        var inputs = input.Statistics.Select(known => known.AbsMax).Aggregate((one, other) => one.maximum(other));
        var weights = cat([.. input.Linears.Select(l => l.Weight.to(ScalarType.Float32).abs().amax([0], keepdim: true))]).amax([0]);
        var scales = (inputs.pow(Number.Of(options.Alpha)) / weights.pow(Number.Of(1 - options.Alpha))).clamp_min_(Number.Of(LeastScale));
        return scales.masked_fill_(inputs.eq(Number.Of(0)).logical_or_(weights.eq(Number.Of(0))), Number.Of(1));
    }
}
