using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Solving;
using static TorchSharp.torch;

namespace LlmKick.Quantization;

/// <summary>AWQ (Lin et al., arXiv 2306.00978): inputs that are large get finer steps, by scales that the norm or linear before takes
/// back.</summary>
/// <remarks>As in the reference code, all is searched with the inputs of the uncompressed model; what comes before an output projection of
/// grouped queries cannot be scaled.</remarks>
internal sealed class Awq(AwqOptions options) : LinearCompressor
{
    /// <inheritdoc/>
    public override InputStatistics Needs => InputStatistics.Inputs;

    /// <inheritdoc/>
    protected override InputOrigin Origin => InputOrigin.Original;

    /// <inheritdoc/>
    public override void Compress(ITransformer model, CompressionContext context)
    {
        options.RequireMatches(model);
        var few = context.Calibration is { } all ? new CalibrationSet([.. all.Sequences.Take(options.Samples)]) : null;
        base.Compress(model, context with { Calibration = few });
    }

    /// <inheritdoc/>
    public override LinearForecast? Foresee(LinearPlace place, LinearForecast before) => options.Foresee(place, before, options.Scheme);

    /// <inheritdoc/>
    protected override void PrepareBlock(IReadOnlyList<LinearGroup> groups, IReadOnlyList<GroupStatistics> statistics, GroupContext context)
    {
        foreach (var input in SharedInput.Of(groups, statistics))
        {
            using var scope = NewDisposeScope();
            var schemes = input.Linears.ToDictionary(l => l,
                l => options.BitsOf(context.PlaceOf(l)) is { } bits ? options.Scheme(bits) : null);
            if (schemes.Values.All(f => f is null) || input.Statistics.All(known => known.Tokens == 0))
                continue;
            var readers = input.Groups.Zip(input.Statistics, (group, known) => (group, known.Inputs));
            var (scales, errors) = new AwqScaleSearch([.. readers], schemes, options.DuoScaling).Run();
            foreach (var known in input.Statistics)
                known.SearchErrors = errors;
            input.Scale(scales);
        }
    }

    /// <inheritdoc/>
    protected override bool Selects(LinearPlace place) => options.Selects(place);

    /// <inheritdoc/>
    protected override void CompressGroup(LinearGroup group, GroupStatistics statistics, GroupContext context)
    {
        using var scope = NewDisposeScope();
        var clip = options.Clip && statistics.Tokens > 0 ? new ClipSearch(statistics.Inputs, options.GroupSize) : null;
        foreach (var linear in group.Linears)
            Quantize(linear, options.Scheme(options.BitsOf(context.PlaceOf(linear))!.Value), CannotBeClipped(linear) ? null : clip);
    }

    private static void Quantize(Linear linear, QuantizationScheme scheme, ClipSearch? clip)
    {
        using var scope = NewDisposeScope();
        var groups = ColumnSplit.Cut(linear.Weight.to(ScalarType.Float32), scheme.GroupSize);
        if (clip is not null)
            groups = clip.Clip(groups, scheme);
        var grid = IntegerGrid.Fit(groups, scheme);
        linear.Replace(grid.Pack(ColumnSplit.Join(grid.Codes(groups), linear.Inputs), linear));
    }

    /// <summary>Queries and keys are multiplied with each other, which makes clipping them a gamble.</summary>
    private static bool CannotBeClipped(Linear linear) => linear.Role is LinearRole.Query or LinearRole.Key;
}
