using LlmKick.Pruning.Kernels;
using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Tensors;
using TorchSharp;

namespace LlmKick.Pruning;

/// <summary>Methods that score every weight once and remove the lowest.</summary>
/// <param name="options">How much to remove.</param>
internal abstract class ScoredPruning(PruningOptions options) : LinearCompressor
{
    /// <summary>The scores of a weight, float32 and ≥ 0, on its device; no alias of it.</summary>
    protected abstract torch.Tensor Score(torch.Tensor weight, GroupStatistics statistics, torch.Generator random);

    /// <summary>Removes a share of the weights, anywhere in what the method compares.</summary>
    protected abstract void Prune(IPruningKernels kernels, torch.Tensor weight, torch.Tensor scores, double sparsity);

    /// <inheritdoc/>
    public override LinearForecast? Foresee(LinearPlace place, LinearForecast before) =>
        PruningForecast.Foresee(options, place, before, keepsCodes: true);

    /// <inheritdoc/>
    protected override void CompressGroup(LinearGroup group, GroupStatistics statistics, GroupContext context)
    {
        if (options.Sparsity == 0)
            return;
        options.Removal.RequireFit(group, context);
        using var random = new torch.Generator((ulong)context.Seed);
        foreach (var linear in group.Linears)
        {
            using var scope = torch.NewDisposeScope();
            var weight = linear.Weight.to(torch.float32, copy: true).contiguous();
            var scores = Score(weight, statistics, random);
            var kernels = IPruningKernels.For(weight);
            if (options.Pattern is { } pattern)
                kernels.PruneGroups(weight, scores, pattern);
            else
                Prune(kernels, weight, scores, options.Sparsity!.Value);
            linear.Prune(weight.eq(Number.Of(0)), options.Removal.Encoding);
        }
    }
}
