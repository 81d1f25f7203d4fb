using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Options;

namespace LlmKick.Pruning;

/// <summary>How much is removed: a share of the weights anywhere, or N:M.</summary>
public record PruningOptions : IValidatedOptions
{
    /// <summary>Share of weights removed from every matrix.</summary>
    [Option("Share of the weights to remove; higher is smaller and worse.", Min = 0, Max = 0.99, InName = true, Role = OptionRole.Axis)]
    public double? Sparsity { get; init; }

    /// <summary>N of every M consecutive inputs kept.</summary>
    [Option("Keeps N of every M consecutive inputs (1:4 is 75 % sparse): hardware can use it, at more loss than the same sparsity "
        + "anywhere. Give it or sparsity.", Form = "N:M", InName = true)]
    public NmPattern? Pattern { get; init; }

    /// <inheritdoc/>
    public IEnumerable<OptionFault> Validate()
    {
        if (Sparsity is null && Pattern is null)
            yield return new OptionFault("sparsity", "neither sparsity nor pattern is given: add 'sparsity: 0.5' or 'pattern: \"2:4\"'");
        if (Sparsity is not null && Pattern is not null)
            yield return new OptionFault("pattern",
                $"both sparsity ({Sparsity}) and pattern ({Pattern}) are given: the pattern fixes the sparsity, so remove one of them");
    }
}
