using LlmKick.Sdk;
using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Tensors;
using static TorchSharp.torch;

namespace LlmKick.Quantization;

/// <summary>What is removed while columns are solved for: the weights with the lowest W² / diag(U)², as SparseGPT chooses them.</summary>
/// <param name="Sparsity">The share of each linear's weights in a block of columns; null with a pattern.</param>
/// <param name="Pattern">N of M consecutive inputs stay, chosen every M columns from what the updates have left.</param>
internal sealed record Removal(double? Sparsity, NmPattern? Pattern)
{
    /// <summary>The zeros' form.</summary>
    public PrunedEncoding Encoding => new(Pattern?.ToString());

    /// <summary>A block size that no M is cut by.</summary>
    public int Fit(int blockSize) => Pattern is { } pattern ? Math.Max(pattern.Of, blockSize / pattern.Of * pattern.Of) : blockSize;

    /// <exception cref="LlmKickException">M does not divide the inputs.</exception>
    public void RequireFit(LinearGroup group, GroupContext context)
    {
        if (Pattern is { } pattern && group.Inputs % pattern.Of != 0)
            throw new LlmKickException($"The pattern {pattern} does not fit {group.Linears[0].Name} of block {context.Block}: its "
                + $"{group.Inputs} inputs are not a multiple of {pattern.Of}. "
                + $"Choose an M that divides {group.Inputs}, or use sparsity: {pattern.Sparsity:0.##}.");
    }

    /// <summary>Marks a share of each linear's weights in a block, before any of its columns is solved for.</summary>
    /// <param name="weight">[rows, width], the block.</param>
    /// <param name="diagonal">The block's diagonal of U, [width].</param>
    /// <param name="kept">[rows, width]; becomes 0 where a weight goes.</param>
    /// <param name="linearRows">Rows of each linear: a threshold never crosses from one to the next.</param>
    public void Mark(Tensor weight, Tensor diagonal, Tensor kept, IReadOnlyList<int> linearRows)
    {
        if (Sparsity is not > 0)
            return;
        var scores = weight.pow(Number.Of(2)).div_(diagonal.pow(Number.Of(2)));
        var start = 0L;
        foreach (var rows in linearRows)
        {
            var own = scores.narrow(0, start, rows);
            var (threshold, _) = own.flatten().kthvalue((long)(own.numel() * Sparsity.Value) + 1, 0);
            kept.narrow(0, start, rows).masked_fill_(own.le(threshold), Number.Of(0));
            start += rows;
        }
    }
}
