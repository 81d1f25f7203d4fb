using LlmKick.Sdk.Options;

namespace LlmKick.Recipes;

/// <summary>The <c>require</c> section: what makes <c>run</c> fail though everything worked.</summary>
internal sealed record RequireSpec
{
    [Option("Share of the dense model's score that every compressed variant must keep; of perplexity, one less its rise", Required = true, Min = 0, Max = 2)]
    public double Recovery { get; init; }

    [Option("Names of the tasks that it holds for; all unless given")]
    public IReadOnlyList<string> Tasks { get; init; } = [];

    /// <summary>Whether it holds for a task.</summary>
    public bool Includes(string task) => Tasks.Count == 0 || Tasks.Contains(task);
}
