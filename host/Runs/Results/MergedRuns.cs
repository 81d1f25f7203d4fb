using LlmKick.Sdk;

namespace LlmKick.Runs.Results;

/// <summary>Puts several runs together.</summary>
internal static class MergedRuns
{
    /// <summary>One run of all variants. A variant that several have counts once; where only the names are the same, the run's name is
    /// added.</summary>
    /// <param name="runs">The runs; at least one.</param>
    /// <exception cref="LlmKickException">A task of one name asks different things.</exception>
    public static RunResults Of(IReadOnlyList<RunResults> runs)
    {
        if (runs.Count == 1)
            return runs[0];
        var variants = new List<VariantResults>();
        foreach (var run in runs)
            foreach (var variant in run.Variants.Where(one => !variants.Exists(known => IsSame(known, one))))
                variants.Add(variants.Exists(known => known.Name == variant.Name) ? Renamed(variant, $"@{run.Name}", variants) : variant);
        return runs[0] with
        {
            Name = string.Join(" + ", runs.Select(run => run.Name).Distinct()), Tasks = Tasks(runs), Variants = variants, Parts = runs,
        };
    }

    /// <summary>The tasks of all runs, each once.</summary>
    /// <exception cref="LlmKickException">A task of one name asks different things.</exception>
    public static IReadOnlyList<TaskMeaning> Tasks(IReadOnlyList<RunResults> runs)
    {
        var groups = runs.SelectMany(run => run.Tasks.Select(task => (Task: task, Definition: run.DefinitionOf(task))))
            .GroupBy(one => one.Task.Name).ToList();
        if (groups.Find(group => group.Select(one => one.Definition).Distinct().Count() > 1) is { } differing)
            throw new LlmKickException($"The runs ask different things under the name '{differing.Key}', in their options or data: give "
                + $"one of the tasks another 'name' in its recipe, or report the runs apart.");
        return [.. groups.Select(group => group.First().Task)];
    }

    /// <summary>A variant of another run adds nothing where it was made the same way and has no task that is not known.</summary>
    private static bool IsSame(VariantResults known, VariantResults other) =>
        known.Definition == other.Definition && other.Tasks.All(task => known.Find(task.Name) is not null);

    private static VariantResults Renamed(VariantResults variant, string suffix, List<VariantResults> known)
    {
        var free = suffix;
        for (var number = 2; known.Exists(one => one.Name == variant.Name + free); number++)
            free = $"{suffix}-{number}";
        return variant with { Name = variant.Name + free, Group = variant.Group is { } group ? group + free : null };
    }
}
