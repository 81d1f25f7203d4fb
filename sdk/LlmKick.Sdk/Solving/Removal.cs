using System.Globalization;
using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Options;
using LlmKick.Sdk.Tensors;
using static TorchSharp.torch;

namespace LlmKick.Sdk.Solving;

/// <summary>What a method removes of each matrix: a share of the weights anywhere, or all but N of every M consecutive inputs.</summary>
/// <remarks>While columns are solved for, the weights with the lowest W² / diag(U)² go, U being the upper Cholesky factor of H⁻¹
/// (SparseGPT, Frantar and Alistarh, arXiv 2301.00774, algorithm 1).</remarks>
/// <param name="Sparsity">The share of each linear's weights in a block of columns; null with a pattern.</param>
/// <param name="Pattern">N of M consecutive inputs stay, chosen every M columns from what the updates have left.</param>
public sealed record Removal(double? Sparsity, NmPattern? Pattern)
{
    /// <summary>The zeros' form.</summary>
    public PrunedEncoding Encoding => new(Pattern?.ToString());

    /// <summary>What is wrong with options that ask for it: neither or both are given.</summary>
    /// <param name="instead">What else could be done about neither, such as <c>", or use gptq to remove nothing"</c>.</param>
    public IEnumerable<OptionFault> Validate(string instead = "")
    {
        if (Sparsity is null && Pattern is null)
            yield return new OptionFault("sparsity",
                $"neither sparsity nor pattern is given: add 'sparsity: 0.5' or 'pattern: \"2:4\"'{instead}");
        if (Sparsity is not null && Pattern is not null)
            yield return new OptionFault("pattern",
                $"both sparsity ({Sparsity}) and pattern ({Pattern}) are given: the pattern fixes the sparsity, so remove one of them");
    }

    /// <summary>A block size that no M is cut by: the largest multiple of M up to that asked for, M at least.</summary>
    /// <param name="blockSize">Columns solved together.</param>
    public int Fit(int blockSize) => Pattern is { } pattern ? Math.Max(pattern.Of, blockSize / pattern.Of * pattern.Of) : blockSize;

    /// <summary>Why it cannot be done to a linear: M does not divide its inputs. The end of a sentence about it; null where it
    /// can.</summary>
    /// <param name="inputs">The linear's inputs.</param>
    public string? Fault(long inputs) => Pattern is { } pattern && inputs % pattern.Of != 0
        ? $"has {inputs} inputs, which are not a multiple of {pattern.Of} (pattern {pattern}): choose an M that divides {inputs}, or use "
            + $"sparsity: {pattern.Sparsity.ToString("0.##", CultureInfo.InvariantCulture)}"
        : null;

    /// <summary>Refuses a group whose inputs M does not divide.</summary>
    /// <param name="group">The group.</param>
    /// <param name="context">Where it lies.</param>
    /// <exception cref="LlmKickException">M does not divide the inputs.</exception>
    public void RequireFit(LinearGroup group, GroupContext context)
    {
        ArgumentNullException.ThrowIfNull(group);
        if (Fault(group.Inputs) is { } fault)
            throw new LlmKickException($"{group.Linears[0].Name} of block {context.Block} {fault}.");
    }

    /// <summary>How much a weight matters to the output, W² / diag(U)².</summary>
    /// <param name="weight">[rows, width], columns of a weight.</param>
    /// <param name="diagonal">The diagonal of U at these columns, [width].</param>
    /// <returns>[rows, width], owned by the caller's dispose scope.</returns>
    public static Tensor Scores(Tensor weight, Tensor diagonal)
    {
        ArgumentNullException.ThrowIfNull(weight);
        ArgumentNullException.ThrowIfNull(diagonal);
        return weight.pow(Number.Of(2)).div_(diagonal.pow(Number.Of(2)));
    }

    /// <summary>Finds a share of each linear's weights in a block, before any of its columns is solved for.</summary>
    /// <param name="weight">[rows, width], the block.</param>
    /// <param name="diagonal">The block's diagonal of U, [width].</param>
    /// <param name="linearRows">Rows of each linear: a threshold never crosses from one to the next.</param>
    /// <returns>bool [rows, width], true where a weight goes; owned by the caller's dispose scope. Null where there is no share of weights
    /// to remove.</returns>
    public Tensor? Choose(Tensor weight, Tensor diagonal, IReadOnlyList<int> linearRows) => Sparsity is { } sparsity and > 0
        ? cat([.. Scores(weight, diagonal).split([.. linearRows.Select(rows => (long)rows)])
            .Select(own => LowestScores.UpToRank(own, sparsity))])
        : null;
}
