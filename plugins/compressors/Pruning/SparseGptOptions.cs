using LlmKick.Sdk.Options;

namespace LlmKick.Pruning;

/// <summary>Options of <see cref="SparseGpt"/>.</summary>
public sealed record SparseGptOptions : PruningOptions
{
    /// <summary>Added to the Hessian's diagonal, as a share of its mean.</summary>
    [Option("Added to the Hessian's diagonal, as a share of its mean; raised by itself where the solver would fail.", Min = 0, Max = 1)]
    public double Damping { get; init; } = 0.01;

    /// <summary>Columns solved together; a multiple of M is taken for N:M.</summary>
    [Option("Columns whose weights compete for removal together; the share removed is the same in each such block.", Min = 1, Max = 4096)]
    public int BlockSize { get; init; } = 128;
}
