using System.Collections.Concurrent;
using LlmKick.Reports.Comparisons;
using LlmKick.Runs.Records;
using LlmKick.Runs.Results;

namespace LlmKick.Reports.Examples;

/// <summary>Chooses examples: of every variant and task a few of each kind of flip, the same questions as far as possible.</summary>
/// <param name="run">The run.</param>
internal sealed class ExamplePicker(RunResults run)
{
    // Some 400 bytes an answer, and two an example: the report stays at a few megabytes however much was run.
    private const int Most = 4000;
    private const int MostOfAKind = 25;
    // Flips and unchanged answers of right and wrong; scores that are neither have three.
    private const int Kinds = 5;

    private readonly int ofAKind =
        Math.Clamp(Most / Math.Max(1, run.Variants.Count(variant => !variant.IsDense) * run.Tasks.Count * Kinds), 2, MostOfAKind);
    private readonly ConcurrentBag<PickedPair> picked = [];
    private long pairs;

    /// <summary>Looks at the samples of a comparison; on any thread.</summary>
    public void Look(TaskMeaning task, VariantResults variant, PairedTables tables)
    {
        if (tables.Pairs.Count == 0 || tables.Pairs[0].Dense.Answer == 0)
            return;
        Interlocked.Add(ref pairs, tables.Pairs.Count);
        foreach (var kind in tables.Pairs.GroupBy(pair => pair.Flip))
            foreach (var pair in kind.OrderBy(pair => Shuffle(pair.Here.Id)).Take(ofAKind))
                picked.Add(new PickedPair(task, variant, kind.Key, pair.Here.Id,
                    tables.Dense.Line(pair.Dense), tables.Here.Line(pair.Here)));
    }

    /// <summary>The examples, in the order of tasks, variants and kinds.</summary>
    public ExampleSet Take()
    {
        var (tasks, variants) = (run.Tasks.ToList(), run.Variants.ToList());
        var examples = picked.GroupBy(pair => (pair.Variant.Origin.Folder, pair.Task.Name)).SelectMany(Make)
            .OrderBy(one => tasks.FindIndex(task => task.Name == one.Task))
            .ThenBy(one => variants.FindIndex(variant => variant.Name == one.Variant)).ThenBy(one => one.Flip);
        return new ExampleSet([.. examples], pairs);
    }

    private static IEnumerable<Example> Make(IGrouping<(RunFolder Folder, string Task), PickedPair> group)
    {
        var questions = AskedQuestions.Read(group.Key.Folder.Requests(group.Key.Task), group.Select(pair => pair.Id).ToHashSet());
        foreach (var pair in group.OrderBy(pair => Shuffle(pair.Id)).ThenBy(pair => pair.Id, StringComparer.Ordinal))
            if (questions.Find(pair.Id) is { } asked)
                yield return new Example(pair.Task.Name, pair.Variant.Name, asked.Question, pair.Flip, asked.Answer(pair.Dense),
                    asked.Answer(pair.Here));
    }

    /// <summary>A number that orders ids in no order of their own, the same in every variant and run.</summary>
    private static uint Shuffle(string id)
    {
        // FNV-1a, 32 bits.
        var hash = 2166136261;
        foreach (var letter in id)
            hash = unchecked((hash ^ letter) * 16777619);
        // 2^32 / golden ratio: ids that differ in their last letter alone come far apart.
        return unchecked(hash * 2654435769);
    }
}

/// <summary>A pair of samples chosen as an example, before its question is known.</summary>
/// <param name="Task">The task.</param>
/// <param name="Variant">The variant.</param>
/// <param name="Flip">What became of it.</param>
/// <param name="Id">The sample's id.</param>
/// <param name="Dense">The dense model's line.</param>
/// <param name="Here">The variant's line.</param>
internal sealed record PickedPair(TaskMeaning Task, VariantResults Variant, Flip Flip, string Id, byte[] Dense, byte[] Here);
