using LlmKick.Pruning.Kernels;
using LlmKick.Sdk.Compression;
using TorchSharp;

namespace LlmKick.Pruning;

/// <summary>Random pruning: exactly ⌊n·s⌋ weights of each matrix, drawn from the variant's seed, the same on every device.</summary>
internal sealed class RandomPruning(PruningOptions options) : ScoredPruning(options)
{
    /// <inheritdoc/>
    public override InputStatistics Needs => InputStatistics.None;

    /// <inheritdoc/>
    protected override torch.Tensor Score(torch.Tensor weight, GroupStatistics statistics, torch.Generator random) =>
        torch.rand(weight.shape, dtype: torch.float32, generator: random).to(weight.device);

    /// <inheritdoc/>
    protected override void Prune(IPruningKernels kernels, torch.Tensor weight, torch.Tensor scores, double sparsity) =>
        kernels.PruneRows(weight.view(1, -1), scores.view(1, -1), (int)(weight.numel() * sparsity));
}
