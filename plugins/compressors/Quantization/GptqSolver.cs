using LlmKick.Quantization.Kernels;
using LlmKick.Sdk.Solving;
using LlmKick.Sdk.Tensors;
using static TorchSharp.torch;

namespace LlmKick.Quantization;

/// <summary>The loop over blocks of columns, and where each group's grid comes from.</summary>
internal sealed class GptqSolver
{
    private readonly QuantizationScheme _scheme;
    private readonly int _blockSize;
    private readonly Tensor? _order;
    private readonly bool _fixedBefore;

    /// <param name="scheme">What the grid is like.</param>
    /// <param name="blockSize">Columns solved together.</param>
    /// <param name="order">int64 [inputs], the order in which columns are solved for; null for their own.</param>
    /// <param name="staticGroups">With an order: whether groups are of neighbours.</param>
    public GptqSolver(QuantizationScheme scheme, int blockSize, Tensor? order = null, bool staticGroups = true)
    {
        (_scheme, _blockSize, _order) = (scheme, blockSize, order);
        _fixedBefore = scheme.GroupSize is null || (order is not null && staticGroups);
    }

    /// <summary>What is removed in the same loop; null to remove nothing.</summary>
    public Removal? Removal { get; init; }

    /// <summary>With <see cref="Removal"/>: rows of each linear.</summary>
    public IReadOnlyList<int> LinearRows { get; init; } = [];

    /// <summary>Each column's group, int64 [inputs], where groups are not of neighbours; null where they are.</summary>
    public Tensor? ColumnGroups { get; private set; }

    /// <summary>Rounds rows, of several linears perhaps.</summary>
    /// <param name="weight">[rows, inputs], float32; stays as it is.</param>
    /// <param name="factor">U, [inputs, inputs], in the order.</param>
    /// <param name="kept">0 where a weight must stay zero, else 1, float32 [rows, inputs]; null where none must.</param>
    /// <returns>The codes, whole numbers in float32, [rows, inputs], and their grid.</returns>
    public (Tensor Codes, IntegerGrid Grid) Solve(Tensor weight, Tensor factor, Tensor? kept = null)
    {
        using var scope = NewDisposeScope();
        var grid = FirstGrid(weight);
        var (work, mask) = (Ordered(weight), kept is not null ? Ordered(kept) : Removal is null ? null : ones_like(weight));
        var columns = new GptqColumns(work, factor, mask, grid, GroupOfEach((int)weight.shape[1]),
            empty_like(work)) { Pattern = Removal?.Pattern };
        var blockSize = Removal?.Fit(_blockSize) ?? _blockSize;
        for (var start = 0; start < work.shape[1]; start += blockSize)
            SolveBlock(columns, start, Math.Min(blockSize, (int)work.shape[1] - start));
        var codes = _order is null ? columns.Codes : columns.Codes.index_select(1, _order.argsort());
        scope.MoveToOuter(codes, grid.Scales, grid.Zeros);
        return (codes, grid);
    }

    private void SolveBlock(GptqColumns columns, int start, int width)
    {
        using var scope = NewDisposeScope();
        if (!_fixedBefore)
            FitGroupsFrom(columns, start, width);
        if (Removal?.Choose(columns.Weight.narrow(1, start, width), columns.Factor.diagonal().narrow(0, start, width), LinearRows)
            is { } removed)
            columns.Kept!.narrow(1, start, width).masked_fill_(removed, Number.Of(0));
        var errors = GptqKernels.Solve(columns, start, width);
        var (end, rest) = (start + width, columns.Weight.shape[1] - start - width);
        if (rest > 0)
            columns.Weight.narrow(1, end, rest).addmm_(errors, columns.Factor.narrow(0, start, width).narrow(1, end, rest), alpha: -1);
    }

    /// <summary>Grids of the groups that begin in a block, from the weights as the earlier blocks left them.</summary>
    private void FitGroupsFrom(GptqColumns columns, int start, int width)
    {
        var size = _scheme.GroupSize!.Value;
        var (first, end) = ((start + size - 1) / size, (start + width + size - 1) / size);
        if (first >= end)
            return;
        var from = first * size;
        var part = columns.Weight.narrow(1, from, Math.Min((long)end * size, columns.Weight.shape[1]) - from);
        var fit = IntegerGrid.Fit(ColumnSplit.Cut(part, size), _scheme);
        columns.Grid.Scales.narrow(1, first, end - first).copy_(fit.Scales);
        columns.Grid.Zeros.narrow(1, first, end - first).copy_(fit.Zeros);
    }

    private IntegerGrid FirstGrid(Tensor weight)
    {
        var groups = ColumnSplit.Cut(weight, _scheme.GroupSize);
        return _fixedBefore
            ? IntegerGrid.Fit(groups, _scheme)
            : new IntegerGrid(_scheme, zeros(groups.shape[..2], ScalarType.Float32, weight.device),
                zeros(groups.shape[..2], ScalarType.Float32, weight.device));
    }

    /// <summary>The group of each column in the order of solving; sets <see cref="ColumnGroups"/> as a side result.</summary>
    private int[] GroupOfEach(int columns)
    {
        if (_scheme.GroupSize is not { } size)
            return new int[columns];
        if (_order is null)
            return [.. Enumerable.Range(0, columns).Select(c => c / size)];
        if (_fixedBefore)
            return [.. _order.cpu().data<long>().Select(c => (int)c / size)];
        ColumnGroups = _order.argsort().floor_divide(Number.Of(size)).MoveToOuterDisposeScope();
        return [.. Enumerable.Range(0, columns).Select(c => c / size)];
    }

    private Tensor Ordered(Tensor matrix) => _order is null ? matrix.clone() : matrix.index_select(1, _order).contiguous();
}
