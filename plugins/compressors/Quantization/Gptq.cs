using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Solving;
using LlmKick.Sdk.Tensors;
using static TorchSharp.torch;

namespace LlmKick.Quantization;

/// <summary>GPTQ (Frantar et al., arXiv 2210.17323), algorithm 1.</summary>
/// <remarks>
/// Column after column is rounded, and the columns to the right take over what that did, by U, the upper Cholesky factor of H⁻¹.
/// Linears that share an input share H, U and one loop. Weights that were pruned before stay zero.
/// </remarks>
/// <param name="options">Its options.</param>
/// <param name="removal">What is removed in the same loop (SparseGPT, Frantar and Alistarh, arXiv 2301.00774, section 3.5); null to remove
/// nothing.</param>
internal sealed class Gptq(GptqOptions options, Removal? removal = null) : LinearCompressor
{
    /// <inheritdoc/>
    public override InputStatistics Needs => InputStatistics.Hessian;

    /// <inheritdoc/>
    protected override InputOrigin Origin => options.TrueSequential ? InputOrigin.CompressedGroups : InputOrigin.CompressedBlocks;

    /// <inheritdoc/>
    public override void Compress(ITransformer model, CompressionContext context)
    {
        options.RequireMatches(model);
        base.Compress(model, context);
    }

    /// <inheritdoc/>
    public override LinearForecast? Foresee(LinearPlace place, LinearForecast before)
    {
        var after = options.Foresee(place, before, options.Scheme);
        if (!options.Selects(place) || after.Encoding is not QuantizedEncoding quantized)
            return after;
        var hasOwnGroups = quantized.GroupSize is not null && options is { ActOrder: true, StaticGroups: false };
        return after with { Encoding = quantized with { Pruned = removal?.Encoding ?? quantized.Pruned }, HasColumnGroups = hasOwnGroups,
            Fault = before.Fault ?? removal?.Fault(place.Inputs) };
    }

    /// <inheritdoc/>
    protected override bool Selects(LinearPlace place) => options.Selects(place);

    /// <inheritdoc/>
    protected override void CompressGroup(LinearGroup group, GroupStatistics statistics, GroupContext context)
    {
        removal?.RequireFit(group, context);
        var order = options.ActOrder ? Order(statistics) : null;
        var factor = statistics.InverseFactor(options.Damping, order).contiguous();
        foreach (var linears in group.Linears.GroupBy(l => options.BitsOf(context.PlaceOf(l))!.Value))
            Quantize([.. linears], options.Scheme(linears.Key), factor, order, statistics.DeadInputs());
    }

    private void Quantize(List<Linear> linears, QuantizationScheme scheme, Tensor factor, Tensor? order, Tensor dead)
    {
        using var scope = NewDisposeScope();
        var weight = cat([.. linears.Select(l => l.Weight.to(ScalarType.Float32))]).masked_fill(dead, Number.Of(0));
        var kept = linears.Any(l => l.Encoding.IsPruned) ? cat([.. linears.Select(Kept)]) : null;
        var solver = new GptqSolver(scheme, options.BlockSize, order, options.StaticGroups) { Removal = removal,
            LinearRows = [.. linears.Select(l => l.Outputs)] };
        var (codes, grid) = solver.Solve(weight, factor, kept);
        var start = 0L;
        foreach (var linear in linears)
        {
            Tensor Own(Tensor all) => all.narrow(0, start, linear.Outputs);
            var own = grid with { Scales = Own(grid.Scales), Zeros = Own(grid.Zeros) };
            linear.Replace(own.Pack(Own(codes), linear, solver.ColumnGroups, removal?.Encoding));
            start += linear.Outputs;
        }
    }

    /// <summary>1 where a weight was not pruned.</summary>
    private static Tensor Kept(Linear linear) => (linear.Encoding.IsPruned ? linear.Weight.ne(Number.Of(0)) : ones_like(linear.Weight))
        .to(ScalarType.Float32);

    /// <summary>Columns by descending diagonal; unused ones count as 1, as in the reference code.</summary>
    private static Tensor Order(GroupStatistics statistics)
    {
        using var scope = NewDisposeScope();
        var diagonal = statistics.Hessian.diagonal().masked_fill(statistics.DeadInputs(), Number.Of(1));
        return sort(diagonal, descending: true, stable: true).indices.MoveToOuterDisposeScope();
    }
}
