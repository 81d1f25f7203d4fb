using System.Numerics;
using System.Runtime.InteropServices;
using LlmKick.Sdk.Tensors;

namespace LlmKick.Sdk.Compression;

/// <summary>
/// The inner step of SparseGPT and GPTQ on one block of columns: a weight is set to its new value, and the columns to its right take
/// over what that did to the output, by the row of U = chol(H⁻¹) (Frantar et al., arXiv 2210.17323, equation 2 in its Cholesky form).
/// </summary>
public sealed class ErrorCompensation
{
    private readonly int _start;
    private readonly int _width;
    private readonly float[] _upper;

    /// <summary>Copies a block of U.</summary>
    /// <param name="factor">U, [inputs, inputs], as <see cref="GroupStatistics.InverseFactor"/> gives it.</param>
    /// <param name="start">The block's first column.</param>
    /// <param name="width">The block's columns.</param>
    public ErrorCompensation(FloatMatrix factor, int start, int width)
    {
        (_start, _width) = (start, width);
        Stride = (width + Vector<float>.Count - 1) / Vector<float>.Count * Vector<float>.Count;
        _upper = new float[width * Stride];
        for (var row = 0; row < width; row++)
            factor[start + row].Slice(start + row, width - row).CopyTo(_upper.AsSpan(row * Stride + row));
    }

    /// <summary>Values in a row that is worked on: the block's columns, filled up to whole vectors.</summary>
    public int Stride { get; }

    /// <summary>The diagonal of U at a column of the block.</summary>
    /// <param name="column">Counted from the block's first.</param>
    public float Diagonal(int column) => _upper[column * Stride + column];

    /// <summary>Copies a row's block into a row to work on.</summary>
    /// <param name="weight">All columns of the row.</param>
    /// <param name="row">Takes it, <see cref="Stride"/> values.</param>
    public void Load(ReadOnlySpan<float> weight, Span<float> row) => weight.Slice(_start, _width).CopyTo(row);

    /// <summary>Copies a row that was worked on back.</summary>
    /// <param name="row">The row, <see cref="Stride"/> values.</param>
    /// <param name="weight">All columns.</param>
    public void Store(ReadOnlySpan<float> row, Span<float> weight) => row[.._width].CopyTo(weight.Slice(_start, _width));

    /// <summary>Chooses the M − N of M consecutive weights with the lowest W² / diag(U)², as the updates have left them (SparseGPT, Frantar
    /// and Alistarh, arXiv 2301.00774, section 3.4).</summary>
    /// <param name="row">The row, <see cref="Stride"/> values.</param>
    /// <param name="column">The first of the M columns, counted from the block's first.</param>
    /// <param name="pattern">N:M.</param>
    /// <param name="removed">M marks, all set anew.</param>
    public void MarkLowest(ReadOnlySpan<float> row, int column, NmPattern pattern, Span<bool> removed)
    {
        Span<float> scores = stackalloc float[pattern.Of];
        for (var i = 0; i < scores.Length; i++)
            scores[i] = row[column + i] * row[column + i] / (Diagonal(column + i) * Diagonal(column + i));
        pattern.MarkLowest(scores, removed);
    }

    /// <summary>Sets a weight and takes its error from those to its right. U is 0 to its left, so whole vectors can be used.</summary>
    /// <param name="row">The row, <see cref="Stride"/> values.</param>
    /// <param name="column">The weight's column in the block.</param>
    /// <param name="value">What it becomes.</param>
    /// <returns>The error over the diagonal of U, for the columns right of the block.</returns>
    public float Settle(Span<float> row, int column, float value)
    {
        var upper = _upper.AsSpan(column * Stride, Stride);
        var error = (row[column] - value) / upper[column];
        var first = column / Vector<float>.Count;
        var values = MemoryMarshal.Cast<float, Vector<float>>(row)[first..];
        var factors = MemoryMarshal.Cast<float, Vector<float>>(upper)[first..];
        var errors = new Vector<float>(error);
        for (var i = 0; i < values.Length; i++)
            values[i] -= errors * factors[i];
        row[column] = value;
        return error;
    }
}
