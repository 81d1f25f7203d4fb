using LlmKick.Runs.Results;


namespace LlmKick.Reports;

/// <summary>A variant in a task that one run at least tells of, and that cannot be compared.</summary>
/// <param name="Variant">The variant.</param>
/// <param name="Task">The task.</param>
/// <param name="Why">What each run lacks: words that name A, the run before, and B, the run after.</param>
/// <param name="IsNew">Whether A has no variant of that name, so that it asks nothing of B.</param>
internal sealed record NotCompared(string Variant, string Task, string Why, bool IsNew)
{
    /// <summary>Whether others of its samples were compared.</summary>
    public bool IsPartly { get; init; }

    /// <summary>What it is and why, in a sentence.</summary>
    public string Sentence =>
        $"{Variant}/{Task}: {(IsPartly ? "some samples could not be judged" : "nothing could be judged")}: {Why}.";

    /// <summary>All that cannot be compared of two runs; what neither of them measured is not missed.</summary>
    public static IReadOnlyList<NotCompared> Between(RunResults before, RunResults after) =>
    [
        .. from name in before.Variants.Concat(after.Variants).Select(variant => variant.Name).Distinct()
           from task in MergedRuns.Tasks([before, after])
           let first = Lack.Of(before, name, task)
           let second = Lack.Of(after, name, task)
           where (first ?? second) is not null && !(first is { IsAbsent: true } && second is { IsAbsent: true })
           let words = new[] { first?.Words("A"), second?.Words("B") }
           select new NotCompared(name, task.Name, string.Join(", and ", words.OfType<string>()), before.Find(name) is null),
    ];

    /// <summary>Why a run has no number.</summary>
    /// <param name="What">What it does instead of having one.</param>
    /// <param name="IsAbsent">Whether it was never asked for.</param>
    private sealed record Lack(string What, bool IsAbsent)
    {
        public string Words(string run) => $"{run} {What}";

        public static Lack? Of(RunResults run, string name, TaskMeaning task)
        {
            if (run.Find(name) is not { } variant)
                return new Lack("has no such variant", true);
            if ((variant.Error ?? variant.Find(task.Name)?.Error) is { } error)
                return new Lack($"failed there ({error.TrimEnd('.')})", false);
            if (variant.Metric(task.Name, task.Main.Name) is not { } metric)
                return new Lack($"has no {task.Main.Name} there", true);
            return double.IsFinite(metric.Value) ? null : new Lack("has no number there, but NaN", false);
        }
    }
}
