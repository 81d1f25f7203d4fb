using LlmKick.Pruning.Kernels;
using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Tensors;
using TorchSharp;

namespace LlmKick.Pruning;

/// <summary>SparseGPT (Frantar and Alistarh, arXiv 2301.00774), algorithm 1.</summary>
/// <remarks>
/// Of each block of columns the weights with the lowest W² / diag(U)² go, U being the upper Cholesky factor of H⁻¹; the columns
/// to the right take over what they did. Linears that share an input share H and one column loop, but no threshold.
/// </remarks>
internal sealed class SparseGpt(SparseGptOptions options) : LinearCompressor
{
    /// <inheritdoc/>
    public override InputStatistics Needs => InputStatistics.Hessian;

    /// <inheritdoc/>
    public override LinearForecast? Foresee(LinearPlace place, LinearForecast before) =>
        PruningForecast.Foresee(options, place, before, keepsCodes: false);

    /// <inheritdoc/>
    protected override void CompressGroup(LinearGroup group, GroupStatistics statistics, GroupContext context)
    {
        if (options.Sparsity == 0)
            return;
        options.Removal.RequireFit(group, context);
        var factor = statistics.InverseFactor(options.Damping).contiguous();
        var weight = torch.cat([.. group.Linears.Select(l => l.Weight.to(torch.float32))]);
        weight.masked_fill_(statistics.DeadInputs(), Number.Of(0));

        Solve(weight, factor, [.. group.Linears.Select(l => l.Outputs)]);

        foreach (var (linear, pruned) in group.Linears.Zip(weight.split([.. group.Linears.Select(l => (long)l.Outputs)])))
            linear.Replace(pruned, options.Removal.Encoding);
    }

    /// <summary>Prunes rows of several linears at once.</summary>
    /// <param name="weight">[rows, inputs], float32, changed in place.</param>
    /// <param name="factor">U, [inputs, inputs].</param>
    /// <param name="linearRows">Rows of each linear.</param>
    internal void Solve(torch.Tensor weight, torch.Tensor factor, IReadOnlyList<int> linearRows)
    {
        var kernels = IPruningKernels.For(weight);
        var (columns, blockSize) = ((int)weight.shape[1], options.Removal.Fit(options.BlockSize));
        for (var start = 0; start < columns; start += blockSize)
        {
            using var scope = torch.NewDisposeScope();
            var width = Math.Min(blockSize, columns - start);
            var (end, rest) = (start + width, columns - start - width);
            var errors = kernels.SolveBlock(weight, factor, start, width, linearRows, options.Removal);
            if (rest > 0)
                weight.narrow(1, end, rest).addmm_(errors, factor.narrow(0, start, width).narrow(1, end, rest), alpha: -1);
        }
    }
}
