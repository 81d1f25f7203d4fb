using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Solving;
using static TorchSharp.torch;

namespace LlmKick.Quantization;

/// <summary>Round to nearest: the baseline that every method must beat.</summary>
internal sealed class Rtn(RtnOptions options) : LinearCompressor
{
    /// <inheritdoc/>
    public override InputStatistics Needs => InputStatistics.None;

    /// <inheritdoc/>
    public override void Compress(ITransformer model, CompressionContext context)
    {
        options.RequireMatches(model);
        base.Compress(model, context);
    }

    /// <inheritdoc/>
    public override LinearForecast? Foresee(LinearPlace place, LinearForecast before) =>
        options.Foresee(place, before, options.Scheme) with { HasOneScale = options.Per == GridShare.Tensor };

    /// <inheritdoc/>
    protected override bool Selects(LinearPlace place) => options.Selects(place);

    /// <inheritdoc/>
    protected override void CompressGroup(LinearGroup group, GroupStatistics statistics, GroupContext context)
    {
        foreach (var linear in group.Linears)
            Quantize(linear, options.Scheme(options.BitsOf(context.PlaceOf(linear))!.Value));
    }

    private void Quantize(Linear linear, QuantizationScheme scheme)
    {
        using var scope = NewDisposeScope();
        var weight = linear.Weight.to(ScalarType.Float32);
        var groups = options.Per == GridShare.Tensor ? weight.reshape(1, 1, -1) : ColumnSplit.Cut(weight, scheme.GroupSize);
        var grid = IntegerGrid.Fit(groups, scheme);
        var codes = options.Per == GridShare.Tensor ? grid.Codes(groups).view(weight.shape)
            : ColumnSplit.Join(grid.Codes(groups), linear.Inputs);
        linear.Replace(grid.Pack(codes, linear));
    }
}
