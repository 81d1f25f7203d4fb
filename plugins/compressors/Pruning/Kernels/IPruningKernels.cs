using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Solving;
using TorchSharp;

namespace LlmKick.Pruning.Kernels;

/// <summary>The inner loops of the methods. Weights are float32, contiguous, [outputs, inputs], and changed in place.</summary>
internal interface IPruningKernels
{
    /// <summary>The fastest loops for where a weight is.</summary>
    static IPruningKernels For(torch.Tensor weight) => weight.device_type == DeviceType.CPU ? VectorKernels.Instance
        : TensorKernels.Instance;

    /// <summary>Zeroes every weight whose score is at most that at rank ⌊n·sparsity⌋ of the matrix.</summary>
    void PruneUpToRank(torch.Tensor weight, torch.Tensor scores, double sparsity);

    /// <summary>Zeroes the weights with the lowest scores in each row; of equal scores the lower index first.</summary>
    void PruneRows(torch.Tensor weight, torch.Tensor scores, int count);

    /// <summary>Zeroes the weights with the lowest scores of every M consecutive inputs; of equal scores the lower index first.</summary>
    void PruneGroups(torch.Tensor weight, torch.Tensor scores, NmPattern pattern);

    /// <summary>
    /// SparseGPT's column loop over one block: removes weights by W² / diag(U)² and adjusts the columns to the right, inside the block.
    /// </summary>
    /// <param name="weight">All columns, rows of several linears one below the other.</param>
    /// <param name="factor">U, [inputs, inputs].</param>
    /// <param name="start">The block's first column.</param>
    /// <param name="width">The block's columns.</param>
    /// <param name="linearRows">Rows of each linear: a threshold never crosses from one to the next.</param>
    /// <param name="removal">How much to remove.</param>
    /// <returns>The errors W / diag(U) of removed weights, 0 elsewhere, [rows, width].</returns>
    torch.Tensor SolveBlock(torch.Tensor weight, torch.Tensor factor, int start, int width, IReadOnlyList<int> linearRows,
        Removal removal);
}
