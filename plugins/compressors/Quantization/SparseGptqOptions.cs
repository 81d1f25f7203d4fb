using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Options;
using LlmKick.Sdk.Solving;

namespace LlmKick.Quantization;

/// <summary>Options of <see cref="Gptq"/> with <see cref="Sdk.Solving.Removal"/>.</summary>
public sealed record SparseGptqOptions : GptqOptions
{
    /// <summary>Share of weights removed from every matrix.</summary>
    [Option("Share of the weights to remove; higher is smaller and worse.", Min = 0, Max = 0.99, InName = true, Role = OptionRole.Axis)]
    public double? Sparsity { get; init; }

    /// <summary>N of every M consecutive inputs kept.</summary>
    [Option("Keeps N of every M consecutive inputs. Give it or sparsity.", Syntax = "N:M", InName = true)]
    public NmPattern? Pattern { get; init; }

    /// <summary>Both together.</summary>
    internal Removal Removal => new(Sparsity, Pattern);

    /// <inheritdoc/>
    public override IEnumerable<OptionFault> Validate()
    {
        foreach (var fault in base.Validate())
            yield return fault;
        foreach (var fault in Removal.Validate(", or use gptq to remove nothing"))
            yield return fault;
        if (Pattern is not null && ActOrder)
            yield return new OptionFault("act_order",
                "a pattern is of neighbours, which act_order does not solve for together: use sparsity, or leave act_order out");
    }
}
