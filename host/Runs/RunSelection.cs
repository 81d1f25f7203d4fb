using System.IO.Enumeration;
using LlmKick.Commands;
using LlmKick.Recipes;

namespace LlmKick.Runs;

/// <summary>What <c>--only VARIANT/TASK</c> leaves to do.</summary>
internal sealed class RunSelection
{
    private readonly string variants;
    private readonly string tasks;

    private RunSelection(string variants, string tasks) => (this.variants, this.tasks) = (variants, tasks);

    /// <summary>Everything.</summary>
    public static RunSelection All { get; } = new("*", "*");

    /// <summary>Reads the option; either side may have <c>*</c> and <c>?</c>, and the task may be left out.</summary>
    /// <exception cref="UsageException">It names nothing of the recipe.</exception>
    public static RunSelection Parse(string text, Recipe recipe)
    {
        var sides = text.Split('/');
        if (sides.Length > 2)
            throw new UsageException($"--only {text}: write VARIANT/TASK with one '/', such as 'wanda-0.5/*' or '*/perplexity'.");
        var selection = new RunSelection(sides[0], sides.Length == 2 ? sides[1] : "*");
        Check(text, "variant", selection.variants, [.. recipe.Variants.Select(variant => variant.Name)]);
        Check(text, "task", selection.tasks, [.. recipe.Tasks.Select(task => task.Name)]);
        return selection;
    }

    /// <summary>Whether a task on a variant is to be done.</summary>
    public bool Includes(string variant, string task) => Matches(variants, variant) && Matches(tasks, task);

    private static void Check(string text, string kind, string pattern, IReadOnlyList<string> known)
    {
        if (known.Any(name => Matches(pattern, name)))
            return;
        throw new UsageException($"--only {text}: the recipe has no {kind} '{pattern}'{Nearest.Question(pattern, known)} It has {string.Join(", ", known)}.");
    }

    private static bool Matches(string pattern, string name) => FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false);
}
