using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Solving;
using LlmKick.Sdk.Tensors;
using static TorchSharp.torch;

namespace LlmKick.Quantization;

/// <summary>Methods that round to the nearest number of a small float format, times a scale.</summary>
/// <param name="options">Which linears.</param>
internal abstract class FloatRounding(SelectionOptions options) : LinearCompressor
{
    /// <inheritdoc/>
    public override InputStatistics Needs => InputStatistics.None;

    /// <summary>The encoding, without what is the linear's own.</summary>
    protected abstract QuantizedEncoding Encoding { get; }

    /// <inheritdoc/>
    public override void Compress(ITransformer model, CompressionContext context)
    {
        options.RequireMatches(model);
        base.Compress(model, context);
    }

    /// <inheritdoc/>
    public override LinearForecast? Foresee(LinearPlace place, LinearForecast before) =>
        options.Selects(place) ? before with { Encoding = Encoding with { Pruned = before.Encoding.AsValues as PrunedEncoding },
            HasColumnGroups = false, HasOneScale = HasOneScale, Note = Encoding.NoteOfGroups(place.Inputs) ?? before.Note } : before;

    /// <summary>Whether one scale is the whole matrix's.</summary>
    protected virtual bool HasOneScale => false;

    /// <summary>The weights that share scales, [rows, groups, size].</summary>
    protected virtual Tensor Cut(Tensor weight) => ColumnSplit.Cut(weight, Encoding.GroupSize);

    /// <summary>The scales for the largest magnitudes, each above 0; both [rows, groups].</summary>
    protected abstract Tensor Scales(Tensor largest);

    /// <inheritdoc/>
    protected override bool Selects(LinearPlace place) => options.Selects(place);

    /// <inheritdoc/>
    protected override void CompressGroup(LinearGroup group, GroupStatistics statistics, GroupContext context)
    {
        foreach (var linear in group.Linears)
            Round(linear);
    }

    private void Round(Linear linear)
    {
        using var scope = NewDisposeScope();
        var groups = Cut(linear.Weight.to(ScalarType.Float32));
        var largest = groups.abs().amax([-1]);
        var scales = Scales(largest.masked_fill(largest.eq(Number.Of(0)), Number.Of(1)));
        var codes = NearestCode.Of(groups / scales.unsqueeze(-1), Encoding.Format);
        var whole = codes.shape[0] == linear.Outputs ? ColumnSplit.Join(codes, linear.Inputs) : codes.view(linear.Weight.shape);
        var encoding = Encoding with { Pruned = linear.Encoding.AsValues as PrunedEncoding };
        linear.Replace(new QuantizedWeight(encoding, whole.to(ScalarType.Byte), scales));
    }
}
