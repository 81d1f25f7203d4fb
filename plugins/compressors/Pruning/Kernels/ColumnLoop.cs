using System.Numerics;
using System.Runtime.InteropServices;
using LlmKick.Sdk.Compression;
using TorchSharp;

namespace LlmKick.Pruning.Kernels;

/// <summary>SparseGPT's loop over the columns of one block, row by row: what is removed from a row never touches another.</summary>
internal sealed class ColumnLoop
{
    private readonly FloatMatrix _weight;
    private readonly FloatMatrix _errors;
    private readonly int _start;
    private readonly int _width;
    private readonly int _stride;
    private readonly float[] _upper;
    private readonly float[] _importance;

    /// <summary>Looks at a block.</summary>
    /// <param name="weight">All columns.</param>
    /// <param name="factor">U, all columns.</param>
    /// <param name="errors">Takes the block's errors; as wide as the block.</param>
    /// <param name="start">The block's first column.</param>
    public ColumnLoop(FloatMatrix weight, FloatMatrix factor, FloatMatrix errors, int start)
    {
        (_weight, _errors, _start, _width) = (weight, errors, start, errors.Columns);
        _stride = (_width + Vector<float>.Count - 1) / Vector<float>.Count * Vector<float>.Count;
        _upper = new float[_width * _stride];
        _importance = new float[_width];
        for (var row = 0; row < _width; row++)
        {
            var upper = factor[start + row].Slice(start, _width);
            upper[row..].CopyTo(_upper.AsSpan(row * _stride + row));
            _importance[row] = upper[row] * upper[row];
        }
    }

    /// <summary>N:M: chosen anew every M columns, from what the updates have left.</summary>
    public void Run(NmPattern pattern) => RowRange.Parallel(0, _weight.Rows, _width * _width, (first, end) =>
    {
        Span<float> row = stackalloc float[_stride], scores = stackalloc float[pattern.Of];
        Span<bool> removed = stackalloc bool[pattern.Of];
        for (var index = first; index < end; index++)
        {
            Load(index, row);
            for (var column = 0; column < _width; column++)
            {
                if (column % pattern.Of == 0)
                {
                    Score(row.Slice(column, pattern.Of), _importance.AsSpan(column, pattern.Of), scores);
                    GroupSelection.Lowest(scores, removed, pattern.Of - pattern.Keep);
                }
                _errors[index][column] = removed[column % pattern.Of] ? Remove(row, column) : 0;
            }
            Store(index, row);
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
        Span<float> row = stackalloc float[_stride];
        for (var index = first; index < end; index++)
        {
            Load(index, row);
            var errors = _errors[index];
            var values = scores[index];
            for (var column = 0; column < _width; column++)
                errors[column] = values[column] <= threshold ? Remove(row, column) : 0;
            Store(index, row);
        }
    }

    /// <summary>Zeroes a weight and takes its error from those to its right; U is 0 to its left, so whole vectors can be used.</summary>
    private float Remove(Span<float> row, int column)
    {
        var upper = _upper.AsSpan(column * _stride, _stride);
        var error = row[column] / upper[column];
        var first = column / Vector<float>.Count;
        var values = MemoryMarshal.Cast<float, Vector<float>>(row)[first..];
        var factors = MemoryMarshal.Cast<float, Vector<float>>(upper)[first..];
        var errors = new Vector<float>(error);
        for (var i = 0; i < values.Length; i++)
            values[i] -= errors * factors[i];
        row[column] = 0;
        return error;
    }

    private static void Score(ReadOnlySpan<float> weights, ReadOnlySpan<float> importance, Span<float> scores)
    {
        for (var i = 0; i < scores.Length; i++)
            scores[i] = weights[i] * weights[i] / importance[i];
    }

    private Span<float> Block(int row) => _weight[row].Slice(_start, _width);

    private void Load(int index, Span<float> row) => Block(index).CopyTo(row);

    private void Store(int index, Span<float> row) => row[.._width].CopyTo(Block(index));
}
