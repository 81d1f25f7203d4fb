using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Solving;
using LlmKick.Sdk.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace LlmKick.Quantization.Kernels;

/// <summary>GPTQ's loop over one block of columns: with vectors in the CPU's memory, else as tensor operations.</summary>
internal static class GptqKernels
{
    /// <summary>Rounds a block's columns one by one and adjusts those to their right inside the block.</summary>
    /// <returns>The errors over diag(U), [rows, width].</returns>
    public static Tensor Solve(GptqColumns columns, int start, int width) => columns.Weight.device_type == DeviceType.CPU
        ? new GptqLoop(columns, start, width).Run()
        : SolveAsTensors(columns, start, width);

    /// <summary>The same for any device.</summary>
    public static Tensor SolveAsTensors(GptqColumns columns, int start, int width)
    {
        using var scope = NewDisposeScope();
        var block = columns.Weight.narrow(1, start, width);
        var upper = columns.Factor.narrow(0, start, width).narrow(1, start, width);
        var errors = empty_like(block);
        for (var column = 0; column < width; column++)
        {
            using var step = NewDisposeScope();
            if (columns.Pattern is { } pattern && column % pattern.Of == 0)
                Mark(block.narrow(1, column, pattern.Of), upper.diagonal().narrow(0, column, pattern.Of),
                    columns.Kept!.narrow(1, start + column, pattern.Of), pattern);
            var group = columns.Groups[start + column];
            var (scale, zero) = (columns.Grid.Scales.select(1, group), columns.Grid.Zeros.select(1, group));
            var code = (block.select(1, column) / scale).round_().add_(zero, Number.One)
                .clamp_(Number.Of(0), Number.Of(columns.Grid.Scheme.Highest));
            if (columns.Kept?.select(1, start + column) is { } kept)
                code = where(kept.ne(Number.Of(0)), code, zero);
            columns.Codes.select(1, start + column).copy_(code);
            var error = block.select(1, column).sub(code.sub(zero).mul_(scale)).div_(upper[column, column]);
            errors.select(1, column).copy_(error);
            block.narrow(1, column, width - column)
                .addcmul_(error.unsqueeze(1), upper[column].narrow(0, column, width - column), Number.Of(-1));
        }
        return errors.MoveToOuterDisposeScope();
    }

    private static void Mark(Tensor weight, Tensor diagonal, Tensor kept, NmPattern pattern)
    {
        kept.masked_fill_(LowestScores.OfRows(Removal.Scores(weight, diagonal), pattern.Of - pattern.Keep), Number.Of(0));
    }
}
