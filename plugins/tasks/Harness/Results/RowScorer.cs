using System.Text;
using System.Text.RegularExpressions;
using LlmKick.Harness.Asking;
using LlmKick.Harness.Definitions;
using LlmKick.Harness.Filters;
using LlmKick.Harness.Metrics;
using LlmKick.Harness.Python;
using LlmKick.Harness.Rows;
using LlmKick.Harness.Yaml;

namespace LlmKick.Harness.Results;

/// <summary>What a row's answer gives to each metric.</summary>
internal static partial class RowScorer
{
    /// <summary>For each filter what came out of it, and what that gives to the metrics.</summary>
    public static IEnumerable<(FilterPipeline Filter, object? Filtered, IReadOnlyDictionary<string, MetricItem> Items)> Score(
        RowAnswer answer)
    {
        var task = answer.Sample.Definition;
        foreach (var filter in task.Filters)
        {
            var filtered = task.Kind == OutputKind.GenerateUntil ? filter.Apply(answer.Texts, answer.Sample.Row) : null;
            yield return (filter, filtered, task.Kind switch
            {
                OutputKind.MultipleChoice => Choices(answer),
                OutputKind.Loglikelihood => new Dictionary<string, MetricItem>
                {
                    ["perplexity"] = MetricItem.Of(answer.LogLikelihoods[0]),
                    ["acc"] = MetricItem.Of(answer.IsGreedy[0] ? 1 : 0),
                },
                OutputKind.LoglikelihoodRolling => Rolling(answer),
                _ => Written(answer, filtered!),
            });
        }
    }

    private static Dictionary<string, MetricItem> Choices(RowAnswer answer)
    {
        var sample = answer.Sample;
        var count = sample.Choices.Count;
        if (sample.Definition.IsProbabilityMass)
            return new() { ["acc"] = MetricItem.Of(Mass(answer)) };
        double[] values = [.. answer.LogLikelihoods.Take(count)];
        var right = Right(sample);
        var best = Best(values);
        var items = new Dictionary<string, MetricItem>
        {
            ["acc"] = Hit(best),
            ["acc_norm"] = Hit(Best(values, i => values[i] / PythonText.Length(sample.Choices[i]))),
            ["acc_bytes"] = Hit(Best(values, i => values[i] / Encoding.UTF8.GetByteCount(sample.Choices[i]))),
            ["exact_match"] = MetricItem.Of(right.Any(place => place >= 0 && answer.IsGreedy[place]) ? 1 : 0),
        };
        if (right is [var gold])
        {
            items["f1"] = items["mcc"] = new MetricItem([gold, best], new List<object?> { (long)gold, (long)best });
            var shares = Shares(values);
            items["brier_score"] = MetricItem.Of(shares.Select((share, i) => (share - (i == gold ? 1 : 0)) * (share - (i == gold ? 1 : 0)))
                .Sum(), new List<object?> { (long)gold, shares.Select(share => (object?)share).ToList() });
        }
        if (answer.LogLikelihoods.Count == 2 * count)
            items["acc_mutual_info"] = Hit(Best(values, i => values[i] - answer.LogLikelihoods[count + i]));
        return items;

        MetricItem Hit(int place) => MetricItem.Of(right.Contains(place) ? 1 : 0);
    }

    /// <summary>Places of the right choices; −100 for one that is none.</summary>
    private static IReadOnlyList<int> Right(HarnessSample sample)
    {
        var gold = sample.RightContext ?? sample.Gold;
        return gold is IReadOnlyList<object?> several ? [.. several.Select(Place)] : [Place(gold)];

        int Place(object? one) => one switch
        {
            long place when place < sample.Choices.Count => (int)(place < 0 ? sample.Choices.Count + place : place),
            bool flag => flag ? 1 : 0,
            string text when sample.Choices.Contains(text) => sample.Choices.ToList().IndexOf(text),
            _ => -100,
        };
    }

    /// <summary>The share of probability that the right answers have, which stand before the wrong ones.</summary>
    private static double Mass(RowAnswer answer)
    {
        var labels = (answer.Sample.Row.Values.GetValueOrDefault("mc2_targets") as IReadOnlyDictionary<string, object?>)
            ?.GetValueOrDefault("labels") as IReadOnlyList<object?>;
        var wrong = labels?.ToList().FindIndex(label => label is 0L) ?? -1;
        if (wrong < 0)
            throw answer.Sample.Definition.File.Fault("process_results", $"{answer.Sample.Row.Place} has no `mc2_targets.labels` with a 0; "
                + $"take TruthfulQA's own rows.");
        var shares = Shares([.. answer.LogLikelihoods]);
        return shares.Take(wrong).Sum();
    }

    private static double[] Shares(double[] values)
    {
        var most = values.Max();
        var weights = Array.ConvertAll(values, value => Math.Exp(value - most));
        var sum = weights.Sum();
        return Array.ConvertAll(weights, weight => weight / sum);
    }

    /// <summary>The first of the greatest; of none that is a number, the first.</summary>
    private static int Best(double[] values, Func<int, double>? of = null)
    {
        var (best, most) = (0, double.NegativeInfinity);
        for (var i = 0; i < values.Length; i++)
            if ((of is null ? values[i] : of(i)) is var value && value > most)
                (best, most) = (i, value);
        return best;
    }

    private static Dictionary<string, MetricItem> Rolling(RowAnswer answer)
    {
        var text = PythonText.Str(answer.Sample.Gold);
        double words = Blanks().Split(text).Length;
        double bytes = Encoding.UTF8.GetByteCount(text);
        return new()
        {
            ["word_perplexity"] = Of(words),
            ["byte_perplexity"] = Of(bytes),
            ["bits_per_byte"] = Of(bytes),
        };

        MetricItem Of(double count) => new([answer.Whole, count], new List<object?> { answer.Whole, (long)count });
    }

    private static Dictionary<string, MetricItem> Written(RowAnswer answer, object filtered)
    {
        var (task, sample) = (answer.Sample.Definition, answer.Sample);
        var gold = sample.Choices.Count > 0 && sample.Gold is long place ? sample.Choices[(int)place] : sample.Gold;
        IReadOnlyList<string> rights = gold is IReadOnlyList<object?> several
            ? [.. several.Select(PythonText.Str)] : [PythonText.Str(gold)];
        var items = new Dictionary<string, MetricItem>();
        foreach (var metric in task.Metrics)
            items[metric.Name] = metric.Name == "exact_match" ? MetricItem.Of(Matches(metric, filtered, rights, gold is string or long))
                : Corpus(metric, filtered, rights, task);
        return items;
    }

    /// <summary>Of a list of texts the share that is right; of several right answers any.</summary>
    private static double Matches(MetricRule metric, object filtered, IReadOnlyList<string> rights, bool isOne)
    {
        IReadOnlyList<string> texts = filtered as IReadOnlyList<string> ?? [(string)filtered];
        var share = rights.Max(right => texts.Count == 0 ? 0 : texts.Average(text => metric.Match.Same(text, right) ? 1.0 : 0));
        return isOne ? share : share > 0 ? 1 : 0;
    }

    private static MetricItem Corpus(MetricRule metric, object filtered, IReadOnlyList<string> rights, TaskDefinition task)
    {
        if (filtered is not string text || rights is not [var right])
            throw task.File.Fault("metric_list", $"'{metric.Name}' compares one text with one right answer; let the filters end with "
                + $"take_first, and `doc_to_target` give a text.");
        return new MetricItem(metric.Name switch
        {
            "bleu" => Bleu.Counts(text, right),
            "chrf" => CharacterF.Counts(text, right),
            _ => EditRate.Counts(text, right),
        }, new List<object?> { right, text });
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
