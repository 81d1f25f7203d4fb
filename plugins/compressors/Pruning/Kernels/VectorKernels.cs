using System.Numerics;
using System.Runtime.InteropServices;
using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Solving;
using LlmKick.Sdk.Tensors;
using TorchSharp;

namespace LlmKick.Pruning.Kernels;

/// <summary>The loops over rows in the CPU's memory, with vectors and on all threads.</summary>
internal sealed class VectorKernels : IPruningKernels
{
    public static readonly VectorKernels Instance = new();

    public void PruneUpToRank(torch.Tensor weight, torch.Tensor scores, double sparsity)
    {
        FloatMatrix weights = new(weight), values = new(scores);
        var threshold = RankSelection.Find(values, 0, values.Rows, (long)(scores.numel() * sparsity));
        RowRange.Parallel(0, weights.Rows, weights.Columns, (first, end) =>
        {
            for (var row = first; row < end; row++)
                ZeroUpTo(weights[row], values[row], threshold);
        });
    }

    public void PruneRows(torch.Tensor weight, torch.Tensor scores, int count)
    {
        if (count == 0)
            return;
        FloatMatrix weights = new(weight), values = new(scores);
        RowRange.Parallel(0, weights.Rows, weights.Columns, (first, end) =>
        {
            var scratch = RankSelection.NewScratch();
            for (var row = first; row < end; row++)
                ZeroLowest(weights[row], values[row], count, scratch);
        });
    }

    public void PruneGroups(torch.Tensor weight, torch.Tensor scores, NmPattern pattern)
    {
        FloatMatrix weights = new(weight), values = new(scores);
        RowRange.Parallel(0, weights.Rows, weights.Columns, (first, end) =>
        {
            Span<bool> removed = stackalloc bool[pattern.Of];
            for (var row = first; row < end; row++)
                for (var start = 0; start < weights.Columns; start += pattern.Of)
                {
                    pattern.MarkLowest(values[row].Slice(start, pattern.Of), removed);
                    for (var i = 0; i < removed.Length; i++)
                        if (removed[i])
                            weights[row][start + i] = 0;
                }
        });
    }

    public torch.Tensor SolveBlock(torch.Tensor weight, torch.Tensor factor, int start, int width, IReadOnlyList<int> linearRows,
        Removal removal)
    {
        var errors = torch.empty(weight.shape[0], width, dtype: torch.float32);
        var loop = new ColumnLoop(new FloatMatrix(weight), new FloatMatrix(factor), new FloatMatrix(errors), start);
        if (removal.Pattern is { } pattern)
            loop.Run(pattern);
        else
            loop.Run(linearRows, removal.Sparsity!.Value);
        return errors;
    }

    private static void ZeroUpTo(Span<float> weights, ReadOnlySpan<float> scores, float threshold)
    {
        var limit = new Vector<float>(threshold);
        var i = 0;
        for (; i <= weights.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            var kept = Vector.GreaterThan(new Vector<float>(scores[i..]), limit);
            Vector.ConditionalSelect(kept, new Vector<float>(weights[i..]), Vector<float>.Zero).CopyTo(weights[i..]);
        }
        for (; i < weights.Length; i++)
            if (scores[i] <= threshold)
                weights[i] = 0;
    }

    private static void ZeroLowest(Span<float> weights, ReadOnlySpan<float> scores, int count, int[] scratch)
    {
        var (threshold, before) = RankSelection.Find(scores, count - 1, scratch);
        if (threshold > 0)
            ZeroUpTo(weights, scores, MathF.BitDecrement(threshold));
        var bits = MemoryMarshal.Cast<float, int>(scores);
        var wanted = BitConverter.SingleToInt32Bits(threshold);
        for (int ties = 0, at = -1; ties <= before; ties++)
        {
            at += 1 + bits[(at + 1)..].IndexOf(wanted);
            weights[at] = 0;
        }
    }
}
