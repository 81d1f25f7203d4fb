using LlmKick.Sdk;

namespace LlmKick.Reports.Stored;

/// <summary>Puts several runs together.</summary>
internal static class MergedRuns
{
    /// <summary>One run of all variants. A variant that several have counts once; where only the names are the same, the run's name is
    /// added.</summary>
    /// <param name="runs">The runs; at least one.</param>
    /// <exception cref="LlmKickException">A task of one name asks different things.</exception>
    public static StoredRun Of(IReadOnlyList<StoredRun> runs)
    {
        if (runs.Count == 1)
            return runs[0];
        var variants = new List<StoredVariant>();
        foreach (var run in runs)
            foreach (var variant in run.Variants.Where(one => !variants.Exists(known => IsSame(known, one))))
                variants.Add(variants.Exists(known => known.Name == variant.Name)
                    ? variant with { Name = Free($"{variant.Name}@{run.Name}", variants) } : variant);
        return new StoredRun(string.Join(" + ", runs.Select(run => run.Name).Distinct()), [.. runs.SelectMany(run => run.Documents)],
            Tasks(runs), variants);
    }

    /// <summary>The tasks of all runs, each once.</summary>
    /// <exception cref="LlmKickException">A task of one name asks different things.</exception>
    public static IReadOnlyList<StoredTask> Tasks(IReadOnlyList<StoredRun> runs)
    {
        var groups = runs.SelectMany(run => run.Tasks).GroupBy(task => task.Name).ToList();
        if (groups.Find(group => group.Select(task => task.Definition).Distinct().Count() > 1) is { } differing)
            throw new LlmKickException($"The runs ask different things under the name '{differing.Key}', in their options or data: give "
                + $"one of the tasks another 'name' in its recipe, or report the runs apart.");
        return [.. groups.Select(group => group.First())];
    }

    /// <summary>A variant of another run adds nothing where it was made the same way and has no task that is not known.</summary>
    private static bool IsSame(StoredVariant known, StoredVariant other) =>
        known.Definition == other.Definition && other.Node["tasks"]!.AsObject().All(task => known.Node["tasks"]![task.Key] is not null);

    private static string Free(string name, List<StoredVariant> variants)
    {
        var free = name;
        for (var number = 2; variants.Exists(known => known.Name == free); number++)
            free = $"{name}-{number}";
        return free;
    }
}
