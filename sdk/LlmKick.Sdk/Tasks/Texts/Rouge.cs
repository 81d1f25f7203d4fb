namespace LlmKick.Sdk.Tasks.Texts;

/// <summary>ROUGE (Lin, 2004) as the Python package rouge-score computes it; with a stemmer of
/// <see cref="WordSplitter.AsciiStems"/>.</summary>
/// <param name="Precision">Share of the prediction's units that the reference has.</param>
/// <param name="Recall">Share of the reference's units that the prediction has.</param>
public readonly record struct Rouge(double Precision, double Recall)
{
    /// <summary>Their harmonic mean; 0 where both are 0.</summary>
    public double F => Precision + Recall > 0 ? 2 * Precision * Recall / (Precision + Recall) : 0;

    /// <summary>ROUGE-N: n-grams in common, each counted as often as both texts have it.</summary>
    /// <param name="prediction">Words of <see cref="WordSplitter.Ascii"/> or <see cref="WordSplitter.AsciiStems"/>.</param>
    /// <param name="reference">Words of the same kind.</param>
    /// <param name="length">Words in each n-gram.</param>
    public static Rouge OfNgrams(IReadOnlyList<string> prediction, IReadOnlyList<string> reference, int length)
    {
        var (predicted, wanted) = (Ngrams.Of(prediction, length).ToList(), Ngrams.Of(reference, length).ToList());
        var left = wanted.CountBy(ngram => ngram).ToDictionary(StringComparer.Ordinal);
        var common = predicted.Count(ngram => left.TryGetValue(ngram, out var count) && (left[ngram] = count - 1) >= 0);
        return Of(common, predicted.Count, wanted.Count);
    }

    /// <summary>ROUGE-L: the longest common subsequence of words.</summary>
    /// <param name="prediction">Words of <see cref="WordSplitter.Ascii"/> or <see cref="WordSplitter.AsciiStems"/>.</param>
    /// <param name="reference">Words of the same kind.</param>
    public static Rouge OfLongest(IReadOnlyList<string> prediction, IReadOnlyList<string> reference) =>
        Of(LongestCommon(prediction, reference), prediction.Count, reference.Count);

    private static Rouge Of(int common, int predicted, int wanted) => common == 0 ? default
        : new((double)common / predicted, (double)common / wanted);

    private static int LongestCommon(IReadOnlyList<string> first, IReadOnlyList<string> second)
    {
        var row = new int[second.Count + 1];
        foreach (var word in first)
        {
            var diagonal = 0;
            for (var i = 1; i <= second.Count; i++)
                (diagonal, row[i]) = (row[i], word == second[i - 1] ? diagonal + 1 : Math.Max(row[i], row[i - 1]));
        }
        return row[^1];
    }
}
