namespace LlmKick.Harness.Metrics;

/// <summary>chrF2 (Popović, 2015) as sacrebleu computes it: n-grams of up to six characters without white space.</summary>
internal static class CharacterF
{
    private const int Order = 6;
    private const int Factor = 4;

    /// <summary>What a sentence gives: for each order its n-grams, the reference's, and those in both.</summary>
    public static double[] Counts(string text, string reference)
    {
        var (letters, right) = (Letters(text), Letters(reference));
        var counts = new double[3 * Order];
        for (var order = 1; order <= Order; order++)
        {
            var (own, known) = (Ngrams(letters, order), Ngrams(right, order));
            counts[3 * (order - 1)] = known.Count > 0 ? own.Values.Sum() : 0;
            counts[(3 * (order - 1)) + 1] = known.Values.Sum();
            counts[(3 * (order - 1)) + 2] = own.Sum(pair => Math.Min(pair.Value, known.GetValueOrDefault(pair.Key)));
        }
        return counts;
    }

    /// <summary>The score of summed counts, 0 to 100.</summary>
    public static double Score(double[] counts)
    {
        var (precision, recall, orders) = (0.0, 0.0, 0);
        for (var i = 0; i < counts.Length; i += 3)
            if (counts[i] > 0 && counts[i + 1] > 0)
            {
                precision += counts[i + 2] / counts[i];
                recall += counts[i + 2] / counts[i + 1];
                orders++;
            }
        return precision + recall == 0 ? 0
            : 100.0 * (1 + Factor) * (precision / orders) * (recall / orders) / ((Factor * precision / orders) + (recall / orders));
    }

    private static string[] Letters(string text) =>
        [.. string.Concat(text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            .EnumerateRunes().Select(rune => rune.ToString())];

    private static Dictionary<string, int> Ngrams(string[] letters, int order)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i + order <= letters.Length; i++)
        {
            var ngram = string.Concat(letters[i..(i + order)]);
            counts[ngram] = counts.GetValueOrDefault(ngram) + 1;
        }
        return counts;
    }
}
