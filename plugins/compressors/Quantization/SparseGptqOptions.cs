using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Options;

namespace LlmKick.Quantization;

/// <summary>Options of <see cref="Gptq"/> with <see cref="Removal"/>.</summary>
public sealed record SparseGptqOptions : GptqOptions
{
    /// <summary>Share of weights removed from every matrix.</summary>
    [Option("Share of the weights to remove; higher is smaller and worse.", Min = 0, Max = 0.99, InName = true, Role = OptionRole.Axis)]
    public double? Sparsity { get; init; }

    /// <summary>N of every M consecutive inputs kept.</summary>
    [Option("Keeps N of every M consecutive inputs. Give it or sparsity.", Form = "N:M", InName = true)]
    public NmPattern? Pattern { get; init; }

    /// <inheritdoc/>
    public override IEnumerable<OptionFault> Validate()
    {
        foreach (var fault in base.Validate())
            yield return fault;
        if (Sparsity is null && Pattern is null)
            yield return new OptionFault("sparsity",
                "neither sparsity nor pattern is given: add 'sparsity: 0.5' or 'pattern: \"2:4\"', or use gptq to remove nothing");
        if (Sparsity is not null && Pattern is not null)
            yield return new OptionFault("pattern",
                $"both sparsity ({Sparsity}) and pattern ({Pattern}) are given: the pattern fixes the sparsity, so remove one of them");
        if (Pattern is not null && ActOrder)
            yield return new OptionFault("act_order",
                "a pattern is of neighbours, which act_order does not solve for together: use sparsity, or leave act_order out");
    }
}
