using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Solving;
using LlmKick.Sdk.Tensors;
using TorchSharp;

namespace LlmKick.Pruning.Kernels;

/// <summary>SparseGPT's loop over the columns of one block, row by row: what is removed from a row never touches another.</summary>
internal sealed class ColumnLoop
{
    private readonly FloatMatrix _weight;
    private readonly FloatMatrix _errors;
    private readonly int _start;
    private readonly int _width;
    private readonly ErrorCompensation _compensation;
    private readonly float[] _importance;

    /// <summary>Looks at a block.</summary>
    /// <param name="weight">All columns.</param>
    /// <param name="factor">U, all columns.</param>
    /// <param name="errors">Takes the block's errors; as wide as the block.</param>
    /// <param name="start">The block's first column.</param>
    public ColumnLoop(FloatMatrix weight, FloatMatrix factor, FloatMatrix errors, int start)
    {
        (_weight, _errors, _start, _width) = (weight, errors, start, errors.Columns);
        _compensation = new ErrorCompensation(factor, start, _width);
        _importance = [.. Enumerable.Range(0, _width).Select(column => _compensation.Diagonal(column) * _compensation.Diagonal(column))];
    }

    /// <summary>N:M: chosen anew every M columns, from what the updates have left.</summary>
    public void Run(NmPattern pattern) => RowRange.Parallel(0, _weight.Rows, _width * _width, (first, end) =>
    {
        Span<float> row = stackalloc float[_compensation.Stride];
        Span<bool> removed = stackalloc bool[pattern.Of];
        for (var index = first; index < end; index++)
        {
            _compensation.Load(_weight[index], row);
            for (var column = 0; column < _width; column++)
            {
                if (column % pattern.Of == 0)
                    _compensation.MarkLowest(row, column, pattern, removed);
                _errors[index][column] = removed[column % pattern.Of] ? _compensation.Settle(row, column, 0) : 0;
            }
            _compensation.Store(row, _weight[index]);
        }
    });

    /// <summary>A share of each linear's weights in the block, chosen before any update.</summary>
    public void Run(IReadOnlyList<int> linearRows, double sparsity)
    {
        using var scores = torch.empty(_weight.Rows, _width, dtype: torch.float32);
        var values = new FloatMatrix(scores);
        RowRange.Parallel(0, _weight.Rows, _width, (first, end) =>
        {
            for (var index = first; index < end; index++)
                Score(Block(index), _importance, values[index]);
        });
        var start = 0;
        foreach (var rows in linearRows)
        {
            var threshold = RankSelection.Find(values, start, start + rows, (long)((long)rows * _width * sparsity));
            RowRange.Parallel(start, start + rows, _width * _width, (first, end) => RemoveUpTo(threshold, values, first, end));
            start += rows;
        }
    }

    private void RemoveUpTo(float threshold, FloatMatrix scores, int first, int end)
    {
        Span<float> row = stackalloc float[_compensation.Stride];
        for (var index = first; index < end; index++)
        {
            _compensation.Load(_weight[index], row);
            var errors = _errors[index];
            var values = scores[index];
            for (var column = 0; column < _width; column++)
                errors[column] = values[column] <= threshold ? _compensation.Settle(row, column, 0) : 0;
            _compensation.Store(row, _weight[index]);
        }
    }

    private static void Score(ReadOnlySpan<float> weights, ReadOnlySpan<float> importance, Span<float> scores)
    {
        for (var i = 0; i < scores.Length; i++)
            scores[i] = weights[i] * weights[i] / importance[i];
    }

    private Span<float> Block(int row) => _weight[row].Slice(_start, _width);
}
