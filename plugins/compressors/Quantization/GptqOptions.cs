using LlmKick.Sdk.Options;

namespace LlmKick.Quantization;

/// <summary>Options of <see cref="Gptq"/>.</summary>
public record GptqOptions : RtnOptions, IValidatedOptions
{
    /// <summary>A published setting that the other options must not leave.</summary>
    [Option("A published setting, for every number of bits; options that leave it are refused. paper: asymmetric, groups of 128, "
        + "damping 0.01, no act_order, no mse, blocks of 128, not true_sequential.")]
    public GptqPreset? Preset { get; init; }

    /// <summary>Whether columns are solved for by descending weight in the output.</summary>
    [Option("Solves for the inputs with the most energy first: better. Without static_groups, groups are then of inputs that are not "
        + "neighbours, which files must say and makes loading slower.")]
    public bool ActOrder { get; init; }

    /// <summary>Whether groups are of neighbours, with scales found beforehand.</summary>
    [Option("With act_order: groups stay neighbours, their scales found before the first column is solved for.")]
    public bool StaticGroups { get; init; } = true;

    /// <summary>Added to the Hessian's diagonal, as a share of its mean.</summary>
    [Option("Added to the Hessian's diagonal, as a share of its mean; raised by itself where the solver would fail.", Min = 0, Max = 1)]
    public double Damping { get; init; } = 0.01;

    /// <summary>Columns solved together.</summary>
    [Option("Columns solved together; as in the reference code, the scales of a group that begins inside such a block do not see the "
        + "block's own updates.", Min = 1, Max = 4096)]
    public int BlockSize { get; init; } = 128;

    /// <summary>Whether a group of linears sees what the earlier ones of its block became.</summary>
    [Option("Looks at inputs that have passed the compressed earlier linears of the block too; four passes over a block instead of one.")]
    public bool TrueSequential { get; init; }

    /// <inheritdoc/>
    public virtual IEnumerable<OptionFault> Validate()
    {
        foreach (var (option, value) in Preset is null ? [] : OffPaper().Where(row => row.IsOff).Select(row => (row.Option, row.Value)))
            yield return new OptionFault(option, $"'preset: paper' has {option} {value}: leave out one of the two");
        if (Per == GridShare.Tensor)
            yield return new OptionFault("per", "gptq solves row by row, and has no grid for a whole matrix: use 'channel' or 'group'");
    }

    private IEnumerable<(string Option, string Value, bool IsOff)> OffPaper() =>
    [
        ("group_size", "128", GroupSize != 128), ("per", "group", Per != GridShare.Group), ("symmetric", "false", Symmetric),
        ("mse", "false", Mse), ("act_order", "false", ActOrder),
        ("damping", "0.01", Damping != 0.01), ("block_size", "128", BlockSize != 128), ("true_sequential", "false", TrueSequential),
    ];
}

/// <summary>A published setting of <see cref="GptqOptions"/>.</summary>
public enum GptqPreset
{
    /// <summary>That of "Compressing LLMs: The Truth is Rarely Pure and Never Simple" (Jaiswal et al., arXiv 2310.01382), from its
    /// code.</summary>
    Paper,
}
