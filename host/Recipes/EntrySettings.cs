using LlmKick.Sdk.Options;

namespace LlmKick.Recipes;

/// <summary>What stands beside <c>use:</c> in the long form of a variant or task.</summary>
internal sealed record EntrySettings : IValidatedOptions
{
    [Option("Name in results; derived from the options unless given")]
    public string? Name { get; init; }

    [Option("Seed; the recipe's unless given")]
    public int? Seed { get; init; }

    [Option("Seeds: one variant or task each, reported together; a number n stands for the seeds 0 to n - 1. A variant draws its "
        + "calibration data by its seed, or with take: first looks at them in another order")]
    public IReadOnlyList<int> Seeds { get; init; } = [];

    public IEnumerable<OptionFault> Validate()
    {
        if (Name is not null && SpecName.Fault(Name) is { } fault)
            yield return new OptionFault("name", fault);
        if (Seed is not null && Seeds.Count > 0)
            yield return new OptionFault("seed", "both 'seed' and 'seeds' are given: keep one");
        if (Seeds.Distinct().Count() < Seeds.Count)
            yield return new OptionFault("seeds", "a seed is given twice: give each once");
    }
}
