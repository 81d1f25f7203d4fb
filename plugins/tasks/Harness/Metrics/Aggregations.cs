using LlmKick.Sdk.Statistics;

namespace LlmKick.Harness.Metrics;

/// <summary>Puts rows together.</summary>
internal static class Aggregations
{
    private const int Chunk = 1000;
    private static readonly string[] Drawn = ["median", "matthews_corrcoef", "f1", "perplexity", "bleu", "chrf", "ter"];

    /// <summary>The value over rows.</summary>
    /// <param name="aggregation">Its name.</param>
    /// <param name="items">What the rows give.</param>
    public static double Of(string aggregation, IReadOnlyList<double[]> items) => aggregation switch
    {
        "median" => Median([.. items.Select(item => item[0]).Order()]),
        "perplexity" => Math.Exp(-Mean(items)),
        "weighted_perplexity" => Math.Exp(-items.Sum(item => item[0]) / items.Sum(item => item[1])),
        "bits_per_byte" => -items.Sum(item => item[0]) / items.Sum(item => item[1]) / Math.Log(2),
        "f1" => F1(items),
        "matthews_corrcoef" => Matthews(items),
        "bleu" => Bleu.Score(Sum(items)),
        "chrf" => CharacterF.Score(Sum(items)),
        "ter" => EditRate.Score(Sum(items)),
        _ => Mean(items),
    };

    /// <summary>The standard error, by formula or by Python's draws; null where there is none.</summary>
    /// <param name="aggregation">Its name.</param>
    /// <param name="items">What the rows give.</param>
    /// <param name="draws">Draws of the bootstrap; 0 for no errors at all.</param>
    public static double? Error(string aggregation, IReadOnlyList<double[]> items, int draws)
    {
        if (draws <= 0 || items.Count < 2)
            return null;
        if (aggregation is "mean")
            return Deviation([.. items.Select(item => item[0])]) / Math.Sqrt(items.Count);
        if (!Drawn.Contains(aggregation))
            return null;
        if (aggregation is "bleu" or "chrf" or "ter")
            draws = Math.Min(draws, 100);
        var (size, values) = (Math.Min(Chunk, draws), new List<double>());
        for (var chunk = 0; chunk < draws / size; chunk++)
        {
            var random = new MersenneTwister(chunk);
            for (var i = 0; i < size; i++)
                values.Add(Of(aggregation, random.Choices(items, items.Count)));
        }
        return Deviation(values);
    }

    private static double Mean(IReadOnlyList<double[]> items) => items.Sum(item => item[0]) / items.Count;

    private static double Median(double[] sorted) => (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;

    private static double Deviation(IReadOnlyList<double> values)
    {
        var mean = values.Average();
        return Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Count - 1));
    }

    private static double[] Sum(IReadOnlyList<double[]> items)
    {
        var sum = new double[items[0].Length];
        foreach (var item in items)
            for (var i = 0; i < sum.Length; i++)
                sum[i] += item[i];
        return sum;
    }

    /// <summary>F1 of class 1.</summary>
    private static double F1(IReadOnlyList<double[]> items)
    {
        var both = items.Count(item => item[0] == 1 && item[1] == 1);
        var either = items.Count(item => item[0] == 1) + items.Count(item => item[1] == 1);
        return either == 0 ? 0 : 2.0 * both / either;
    }

    /// <summary>Matthews' correlation of several classes (Gorodkin, 2004).</summary>
    private static double Matthews(IReadOnlyList<double[]> items)
    {
        var classes = items.SelectMany(item => item).Distinct().ToList();
        var right = items.Count(item => item[0] == item[1]);
        double n = items.Count;
        var golds = classes.ConvertAll(one => (double)items.Count(item => item[0] == one));
        var guesses = classes.ConvertAll(one => (double)items.Count(item => item[1] == one));
        var (covariance, gold, guess) = ((right * n) - golds.Zip(guesses, (a, b) => a * b).Sum(), (n * n) - golds.Sum(a => a * a),
            (n * n) - guesses.Sum(a => a * a));
        return gold * guess == 0 ? 0 : covariance / Math.Sqrt(gold * guess);
    }
}
