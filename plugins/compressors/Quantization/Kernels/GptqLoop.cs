using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Tensors;
using static TorchSharp.torch;

namespace LlmKick.Quantization.Kernels;

/// <summary>GPTQ's loop over the columns of one block, row by row: what is rounded in a row never touches another.</summary>
internal sealed class GptqLoop(GptqColumns columns, int start, int width)
{
    private readonly ErrorCompensation _compensation = new(new FloatMatrix(columns.Factor), start, width);
    private readonly FloatMatrix _weight = new(columns.Weight);
    private readonly FloatMatrix _codes = new(columns.Codes);
    private readonly FloatMatrix _scales = new(columns.Grid.Scales);
    private readonly FloatMatrix _zeros = new(columns.Grid.Zeros);
    private readonly FloatMatrix? _kept = columns.Kept is { } kept ? new FloatMatrix(kept) : null;

    /// <summary>Rounds the block.</summary>
    /// <returns>The errors over diag(U), [rows, width].</returns>
    public Tensor Run()
    {
        var errors = empty(_weight.Rows, width, dtype: ScalarType.Float32);
        var rows = new FloatMatrix(errors);
        RowRange.Parallel(0, _weight.Rows, width * width, (first, end) =>
        {
            Span<float> row = stackalloc float[_compensation.Stride];
            for (var index = first; index < end; index++)
                Round(index, row, rows[index]);
        });
        return errors;
    }

    private void Round(int index, Span<float> row, Span<float> errors)
    {
        var codes = _codes[index].Slice(start, width);
        var scales = _scales[index];
        var zeros = _zeros[index];
        _compensation.Load(_weight[index], row);
        for (var column = 0; column < width; column++)
        {
            if (columns.Pattern is { } pattern && column % pattern.Of == 0)
                Mark(row, column, _kept!.Value[index].Slice(start + column, pattern.Of), pattern);
            var group = columns.Groups[start + column];
            var (scale, zero) = (scales[group], zeros[group]);
            codes[column] = _kept is { } kept && kept[index][start + column] == 0
                ? zero
                : Math.Clamp(MathF.Round(row[column] / scale) + zero, 0, columns.Grid.Scheme.Highest);
            errors[column] = _compensation.Settle(row, column, scale * (codes[column] - zero));
        }
        _compensation.Store(row, _weight[index]);
    }

    private void Mark(ReadOnlySpan<float> row, int column, Span<float> kept, NmPattern pattern)
    {
        Span<bool> removed = stackalloc bool[pattern.Of];
        _compensation.MarkLowest(row, column, pattern, removed);
        for (var i = 0; i < removed.Length; i++)
            if (removed[i])
                kept[i] = 0;
    }
}
