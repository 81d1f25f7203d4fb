using LlmKick.Pruning.Kernels;
using LlmKick.Sdk.Compression;
using TorchSharp;

namespace LlmKick.Pruning;

/// <summary>Wanda (Sun et al., arXiv 2306.11695): S = |W|·‖X‖₂, equation 1; weights compete inside an output row.</summary>
internal sealed class Wanda(PruningOptions options) : ScoredPruning(options)
{
    /// <inheritdoc/>
    public override InputStatistics Needs => InputStatistics.ColumnSquares;

    /// <inheritdoc/>
    protected override torch.Tensor Score(torch.Tensor weight, GroupStatistics statistics, torch.Generator random) =>
        weight.abs().mul_(statistics.ColumnSquares.sqrt());

    /// <inheritdoc/>
    protected override void Prune(IPruningKernels kernels, torch.Tensor weight, torch.Tensor scores, double sparsity) =>
        kernels.PruneRows(weight, scores, (int)(weight.shape[1] * sparsity));
}
