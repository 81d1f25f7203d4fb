using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Options;
using LlmKick.Sdk.Solving;

namespace LlmKick.Pruning;

/// <summary>How much is removed: a share of the weights anywhere, or N:M.</summary>
public record PruningOptions : IValidatedOptions
{
    /// <summary>Share of weights removed from every matrix.</summary>
    [Option("Share of the weights to remove; higher is smaller and worse.", Min = 0, Max = 0.99, InName = true, Role = OptionRole.Axis)]
    public double? Sparsity { get; init; }

    /// <summary>N of every M consecutive inputs kept.</summary>
    [Option("Keeps N of every M consecutive inputs (1:4 is 75 % sparse): hardware can use it, at more loss than the same sparsity "
        + "anywhere. Give it or sparsity.", Syntax = "N:M", InName = true)]
    public NmPattern? Pattern { get; init; }

    /// <summary>Both together.</summary>
    internal Removal Removal => new(Sparsity, Pattern);

    /// <inheritdoc/>
    public IEnumerable<OptionFault> Validate() => Removal.Validate();
}
