using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Solving;
using LlmKick.Sdk.Tensors;
using TorchSharp;

namespace LlmKick.Pruning.Kernels;

/// <summary>The loops as tensor operations, for any device.</summary>
internal sealed class TensorKernels : IPruningKernels
{
    public static readonly TensorKernels Instance = new();

    public void PruneUpToRank(torch.Tensor weight, torch.Tensor scores, double sparsity)
    {
        using var scope = torch.NewDisposeScope();
        weight.masked_fill_(LowestScores.UpToRank(scores, sparsity), Number.Of(0));
    }

    public void PruneRows(torch.Tensor weight, torch.Tensor scores, int count)
    {
        using var scope = torch.NewDisposeScope();
        weight.masked_fill_(LowestScores.OfRows(scores, count), Number.Of(0));
    }

    public void PruneGroups(torch.Tensor weight, torch.Tensor scores, NmPattern pattern)
    {
        using var scope = torch.NewDisposeScope();
        weight.view(-1, pattern.Of).masked_fill_(LowestScores.OfRows(scores.view(-1, pattern.Of), pattern.Of - pattern.Keep), Number.Of(0));
    }

    public torch.Tensor SolveBlock(torch.Tensor weight, torch.Tensor factor, int start, int width, IReadOnlyList<int> linearRows,
        Removal removal)
    {
        using var scope = torch.NewDisposeScope();
        var block = weight.narrow(1, start, width);
        var upper = factor.narrow(0, start, width).narrow(1, start, width);
        var errors = torch.zeros_like(block);
        var mask = removal.Choose(block, upper.diagonal(), linearRows)
            ?? torch.zeros(block.shape, dtype: torch.@bool, device: block.device);

        for (var column = 0; column < width; column++)
        {
            using var step = torch.NewDisposeScope();
            if (removal.Pattern is { } pattern && column % pattern.Of == 0)
            {
                var scores = Removal.Scores(block.narrow(1, column, pattern.Of), upper.diagonal().narrow(0, column, pattern.Of));
                mask.narrow(1, column, pattern.Of).copy_(LowestScores.OfRows(scores, pattern.Of - pattern.Keep));
            }
            var removed = mask.select(1, column);
            var error = (block.select(1, column) / upper[column, column]).mul_(removed);
            errors.select(1, column).copy_(error);
            block.narrow(1, column, width - column)
                .addcmul_(error.unsqueeze(1), upper[column].narrow(0, column, width - column), Number.Of(-1));
            block.select(1, column).masked_fill_(removed, Number.Of(0));
        }
        return errors.MoveToOuterDisposeScope();
    }
}
