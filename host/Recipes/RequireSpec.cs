using LlmKick.Sdk.Options;

namespace LlmKick.Recipes;

/// <summary>The <c>require</c> section: what makes <c>run</c> fail though everything worked.</summary>
internal sealed record RequireSpec : IValidatedOptions
{
    [Option("Share of the dense model's score that every compressed variant must keep; of perplexity, one less its rise", Min = 0, Max = 2)]
    public double? Recovery { get; init; }

    [Option("Share of the bytes of the linears' weights that every compressed variant must compress", Min = 0, Max = 1)]
    public double? Coverage { get; init; }

    [Option("Names of the tasks that recovery holds for; all unless given")]
    public IReadOnlyList<string> Tasks { get; init; } = [];

    /// <inheritdoc/>
    public IEnumerable<OptionFault> Validate()
    {
        if (Recovery is null && Coverage is null)
            yield return new OptionFault("recovery",
                "neither recovery nor coverage is given, and nothing else can be required: add 'recovery: 0.95' or 'coverage: 0.9'");
        if (Recovery is null && Tasks.Count > 0)
            yield return new OptionFault("tasks", "tasks are what recovery holds for, and it is not given: add 'recovery: 0.95'");
    }

    /// <summary>Whether recovery holds for a task.</summary>
    public bool Includes(string task) => Tasks.Count == 0 || Tasks.Contains(task);
}
