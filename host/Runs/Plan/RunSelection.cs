using System.IO.Enumeration;
using LlmKick.Recipes;
using LlmKick.Recipes.Yaml;
using LlmKick.Sdk.Options;
using LlmKick.Sdk.Tasks;
using LlmKick.Terminals;

namespace LlmKick.Runs.Plan;

/// <summary>What <c>--only VARIANT/TASK</c> or <c>--shard i/n</c> leaves to do.</summary>
internal sealed class RunSelection
{
    private readonly string variants;
    private readonly string tasks;
    private readonly Recipe recipe;

    private RunSelection(string variants, string tasks, Recipe recipe) =>
        (this.variants, this.tasks, this.recipe) = (variants, tasks, recipe);

    /// <summary>The part of the run; null for the whole.</summary>
    public Shard? Shard { get; private init; }

    /// <summary>Everything, or one part of it.</summary>
    public static RunSelection Of(Recipe recipe, Shard? shard) => new("*", "*", recipe) { Shard = shard };

    /// <summary>Reads the option; either side may have <c>*</c> and <c>?</c>, and the task may be left out.</summary>
    /// <exception cref="UsageException">It names nothing of the recipe.</exception>
    public static RunSelection Parse(string text, Recipe recipe)
    {
        var sides = text.Split('/');
        if (sides.Length > 2)
            throw new UsageException($"--only {text}: write VARIANT/TASK with one '/', such as 'wanda-0.5/*' or '*/perplexity'.");
        var selection = new RunSelection(sides[0], sides.Length == 2 ? sides[1] : "*", recipe);
        Check(text, "variant", selection.variants, [.. recipe.Variants.Select(variant => variant.Name)]);
        Check(text, "task", selection.tasks, [.. recipe.Tasks.Select(task => task.Name)]);
        return selection;
    }

    /// <summary>Whether a task on a variant is to be done, or batches of it.</summary>
    public bool Includes(string variant, string task) => Matches(variants, variant) && Matches(tasks, task)
        && (IsReference(variant, task) || Shard?.Touches(Place(variant, task)) != false);

    /// <summary>The compressed variants in their tasks that are to be done.</summary>
    public IEnumerable<(string Variant, string Task)> Compressed =>
        from variant in recipe.Variants
        from task in recipe.Tasks
        where variant.Stages.Count > 0 && Includes(variant.Name, task.Name)
        select (variant.Name, task.Name);

    /// <summary>Which of a task's batches are to be done.</summary>
    /// <param name="variant">The variant.</param>
    /// <param name="task">The task.</param>
    /// <param name="count">Batches of the task.</param>
    public IEnumerable<int> Batches(string variant, string task, int count) =>
        Enumerable.Range(0, count).Where(batch => IsReference(variant, task) || Shard?.Has(Place(variant, task), batch) != false);

    /// <summary>What others are compared with while they are measured is needed by every part.</summary>
    private bool IsReference(string variant, string task) =>
        recipe.Variants.First(one => one.Name == variant).Stages.Count == 0 && recipe.Tasks.First(one => one.Name == task) is var spec
            && ((ITask)spec.Task.Component.Create(spec.Task.Options)).NeedsReference;

    /// <summary>Whether a variant's checkpoints are to be written: once, whatever the number of parts.</summary>
    public bool Saves(string variant)
    {
        var first = recipe.Tasks[0].Name;
        return recipe.Tasks.Any(task => Includes(variant, task.Name)) && Shard?.Has(Place(variant, first), 0) != false;
    }

    private UnitPlace Place(string variant, string task) => UnitPlace.Of(recipe, variant, task);

    private static void Check(string text, string kind, string pattern, IReadOnlyList<string> known)
    {
        if (known.Any(name => Matches(pattern, name)))
            return;
        throw new UsageException($"--only {text}: the recipe has no {kind} '{pattern}'{NearestName.Question(pattern, known)} It has "
            + $"{string.Join(", ", known)}.");
    }

    private static bool Matches(string pattern, string name) => FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false);
}
