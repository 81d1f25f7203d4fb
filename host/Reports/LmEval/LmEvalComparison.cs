using LlmKick.Reports.Comparisons;
using LlmKick.Reports.Samples;
using LlmKick.Runs.Records;
using LlmKick.Runs.Results;

namespace LlmKick.Reports.LmEval;

/// <summary>Compares two folders of lm-evaluation-harness, row by row. Rows are the same where number and hash are.</summary>
internal static class LmEvalComparison
{
    // Of a normal distribution 95 % lie within so many standard errors.
    private const double Width = 1.959963984540054;

    /// <summary>What differs in each task and filter that both have, with p-values corrected for their number.</summary>
    /// <param name="before">The first folder.</param>
    /// <param name="after">The second.</param>
    /// <returns>The differences, and what could not be compared.</returns>
    public static (IReadOnlyList<RunDifference> Differences, IReadOnlyList<NotCompared> Missing) Between(LmEvalFolder before,
        LmEvalFolder after)
    {
        var (found, missing) = (new List<RunDifference>(), new List<NotCompared>());
        foreach (var task in before.Tasks.Union(after.Tasks).Order(StringComparer.Ordinal))
        {
            if (!before.Tasks.Contains(task) || !after.Tasks.Contains(task))
                missing.Add(new NotCompared(after.Model, task, $"{(before.Tasks.Contains(task) ? "B" : "A")} has no samples of it",
                    !before.Tasks.Contains(task)));
            else
            {
                List<(string Metric, string Filter)> metrics = [.. after.MainMetrics(task)];
                var (first, second) = (before.Samples(task, metrics), after.Samples(task, metrics));
                foreach (var one in metrics)
                    Compare(task, one.Metric, one.Filter, first[one], second[one]);
            }
        }
        return ([.. HolmTable.Correct([.. found.Select(one => one.Comparison)])
            .Zip(found, (corrected, one) => one with { Comparison = corrected })], missing);

        void Compare(string task, string metric, string filter, IReadOnlyList<LmEvalSample> first, IReadOnlyList<LmEvalSample> second)
        {
            var name = filter == "none" ? task : $"{task},{filter}";
            var pairs = Pair(first, second);
            var (alone, other) = (first.Count - pairs.Count, second.Count - pairs.Count);
            if (pairs.Count > 0)
                found.Add(Of(name, (before, first), (after, second), task, metric, filter, pairs));
            if (pairs.Count == 0 || alone > 0 || other > 0)
                missing.Add(new NotCompared(after.Model, name, pairs.Count == 0
                    ? $"no row of A with a number of '{metric}' has the number and hash of one of B "
                        + $"({first.Count} rows of A, {second.Count} of B)"
                    : $"{alone} rows of A and {other} of B have no partner of the same number and hash; {pairs.Count} pairs were judged",
                    IsNew: pairs.Count > 0) { IsPartly = pairs.Count > 0 });
        }
    }

    private static RunDifference Of(string name, (LmEvalFolder Folder, IReadOnlyList<LmEvalSample> Samples) before,
        (LmEvalFolder Folder, IReadOnlyList<LmEvalSample> Samples) after, string task, string metric, string filter,
        IReadOnlyList<PairedSample> pairs)
    {
        var isExponential = metric is "perplexity" or "word_perplexity" or "byte_perplexity";
        var meaning = new TaskMeaning([new MetricMeaning(after.Folder.IsHigherBetter(task, metric), null, metric,
            isExponential ? "nll" : null) { Name = metric }]) { Name = name };
        var variant = new VariantResults(after.Folder.Model, [], 0, null, null, null, null, 0, [])
        {
            Origin = new VariantOrigin(new RunFolder(""), after.Folder.Model, "", ""),
        };
        var flips = pairs.GroupBy(pair => pair.Flip).Where(group => group.Key is not (Flip.SameWrong or Flip.StaysRight or Flip.Same))
            .OrderBy(group => group.Key);
        return new RunDifference(new PairComparison(meaning, variant, Value(before), Value(after), pairs).Make(),
            flips.ToDictionary(group => group.Key, group => (IReadOnlyList<string>)[.. group.Select(pair => pair.Here.Id)]))
        {
            Others = [.. from other in after.Folder.OtherMetrics(task, metric, filter)
                         let one = Told(before, other)
                         let two = Told(after, other)
                         where one is not null && two is not null
                         select (one, two)],
        };

        MetricResults? Told((LmEvalFolder Folder, IReadOnlyList<LmEvalSample> Samples) one, string other)
        {
            var (told, error) = one.Folder.Value(task, other, filter);
            var width = Width * (error ?? double.NaN);
            return told is { } value ? new MetricResults(value, one.Samples.Count, value - width, value + width) { Name = other } : null;
        }

        MetricResults Value((LmEvalFolder Folder, IReadOnlyList<LmEvalSample> Samples) one)
        {
            var (told, error) = one.Folder.Value(task, metric, filter);
            var mean = one.Samples.Sum(sample => sample.Weight * sample.Score) / one.Samples.Sum(sample => sample.Weight);
            var value = told ?? (isExponential ? Math.Exp(mean) : mean);
            var width = Width * (error ?? double.NaN);
            return new MetricResults(value, one.Samples.Count, value - width, value + width) { Name = metric };
        }
    }

    /// <summary>Rows of one number and hash; of rows that stand there several times each is paired once.</summary>
    private static IReadOnlyList<PairedSample> Pair(IReadOnlyList<LmEvalSample> first, IReadOnlyList<LmEvalSample> second)
    {
        var open = first.GroupBy(sample => (sample.Id, sample.Hash)).ToDictionary(group => group.Key,
            group => new Queue<LmEvalSample>(group));
        var pairs = new List<PairedSample>();
        foreach (var sample in second)
            if (open.TryGetValue((sample.Id, sample.Hash), out var partners) && partners.TryDequeue(out var partner))
                pairs.Add(new PairedSample(Row(partner), Row(sample)));
        return pairs;
    }

    private static SampleRow Row(LmEvalSample sample) => new(sample.Id, sample.Score, sample.Weight, null, sample.Answer, 0, 0);
}
