using LlmKick.Harness.Definitions;
using LlmKick.Harness.Metrics;
using LlmKick.Sdk.Statistics;
using LlmKick.Sdk.Tasks;

namespace LlmKick.Harness.Results;

/// <summary>A metric under a filter, over all tasks that have it.</summary>
/// <param name="Rule">The metric.</param>
/// <param name="Filter">The filter's name.</param>
internal sealed record HarnessMetric(MetricRule Rule, string Filter)
{
    private const ulong Seed = 0x6861726e657373;

    /// <summary>Its name in results: <c>acc</c>, <c>exact_match.strict-match</c>.</summary>
    public string Name => Filter == "none" ? Rule.Name : $"{Rule.Name}.{Filter.Replace('/', '-')}";

    /// <summary>The score that its value is the exponential of the mean of, or null.</summary>
    public string? Exponent => Rule.Aggregation switch
    {
        "perplexity" => "nll",
        "weighted_perplexity" when Rule.Name == "word_perplexity" => "nll_per_word",
        _ => null,
    };

    private bool IsMean => Rule.Aggregation is "mean" or "brier_score";

    /// <summary>The metrics of tasks, in their order.</summary>
    public static IReadOnlyList<HarnessMetric> Of(TaskTree tree) => [.. tree.Leaves.SelectMany(leaf => leaf.Metrics.SelectMany(metric =>
        leaf.Filters.Select(filter => new HarnessMetric(metric, filter.Name)))).DistinctBy(metric => metric.Name)];

    /// <summary>What it means.</summary>
    public MetricDescription Describe(HarnessOptions options) => new(Name, Rule.HigherIsBetter, Chance: null,
        $"lm-evaluation-harness's {Rule.Name}" + (Filter == "none" ? "" : $" behind the filter {Filter}")
            + $", {(IsMean ? "mean" : Rule.Aggregation)} over rows" + (options.IsRelease ? $", as {HarnessOptions.Release}" : ""))
    {
        ExponentialOf = Exponent,
    };

    /// <summary>Adds a row's part.</summary>
    public void Add(MetricItem item, Dictionary<string, double> values, Dictionary<string, IReadOnlyList<float>> parts)
    {
        if (IsMean)
            values[Name] = item.Numbers[0];
        else
            parts[Name] = [.. item.Numbers.Select(number => (float)number)];
        if (Exponent is { } score)
            values[score] = -item.Numbers[0] / (item.Numbers.Length > 1 ? item.Numbers[1] : 1);
    }

    /// <summary>The metric over rows, and over those of each task.</summary>
    public IEnumerable<Metric> Aggregate(IReadOnlyList<Scores> scores)
    {
        if (IsMean)
            return scores.All(one => !one.Values.TryGetValue(Name, out var value) || value is 0 or 1)
                ? ScoreMetrics.Proportion(Name, scores) : ScoreMetrics.Mean(Name, scores);
        if (Exponent is { } score)
            return ScoreMetrics.ExponentialOfMean(Name, score, scores);
        var having = scores.Where(one => one.Parts.ContainsKey(Name)).ToList();
        return having.Count == 0 ? [] : [Drawn(Name, having), .. having.SelectMany(one => one.Groups).Distinct()
            .Select(group => Drawn($"{Name}/{group}", having.FindAll(one => one.Groups.Contains(group))))];
    }

    private Metric Drawn(string name, List<Scores> having)
    {
        var items = having.ConvertAll(one => one.Parts[Name].Select(number => (double)number).ToArray());
        var value = Aggregations.Of(Rule.Aggregation, items);
        if (items.Count == 1)
            return new Metric(name, value, 1, double.NaN, double.NaN);
        var random = new SplitMix64(Seed);
        var drawn = Enumerable.Range(0, 1000).Select(_ => Aggregations.Of(Rule.Aggregation,
            [.. items.Select(_ => items[random.Next(items.Count)])])).Order().ToList();
        return new Metric(name, value, items.Count, Math.Min(value, drawn[25]), Math.Max(value, drawn[974]));
    }
}
