using LlmKick.Pruning.Kernels;
using LlmKick.Sdk.Compression;
using TorchSharp;

namespace LlmKick.Pruning;

/// <summary>Magnitude pruning: the smallest |W| of each matrix go.</summary>
/// <remarks>The threshold is the value at rank ⌊n·s⌋ and falls itself, with everything equal to it, as in Wanda's reference code.</remarks>
internal sealed class Magnitude(PruningOptions options) : ScoredPruning(options)
{
    /// <inheritdoc/>
    public override InputStatistics Needs => InputStatistics.None;

    /// <inheritdoc/>
    protected override torch.Tensor Score(torch.Tensor weight, GroupStatistics statistics, torch.Generator random) => weight.abs();

    /// <inheritdoc/>
    protected override void Prune(IPruningKernels kernels, torch.Tensor weight, torch.Tensor scores, double sparsity) =>
        kernels.PruneUpToRank(weight, scores, sparsity);
}
