namespace LlmKick.Kick.Retrieval;

/// <summary>
/// Ranks documents for a query: Okapi BM25 (Robertson and Zaragoza, 2009) as the Python package rank-bm25 computes it, where the weight
/// of a word that more than half of the documents have is a share of the mean weight.
/// </summary>
internal sealed class Bm25
{
    // Defaults of rank-bm25.
    private const double K1 = 1.5;
    private const double B = 0.75;
    private const double Epsilon = 0.25;

    private readonly IReadOnlyList<Dictionary<string, int>> counts;
    private readonly double[] lengthFactors;
    private readonly Dictionary<string, double> weights;

    /// <summary>Indexes documents.</summary>
    /// <param name="documents">The words of each.</param>
    public Bm25(IReadOnlyList<IReadOnlyList<string>> documents)
    {
        counts = [.. documents.Select(words => words.GroupBy(word => word).ToDictionary(group => group.Key, group => group.Count()))];
        var meanLength = documents.Count == 0 ? 0 : documents.Average(words => words.Count);
        lengthFactors = [.. documents.Select(words => K1 * (1 - B + B * words.Count / meanLength))];
        weights = Weights(counts);
    }

    /// <summary>The score of every document; a query's word counts as often as it is there.</summary>
    public double[] Scores(IReadOnlyList<string> query) => [.. counts.Select((_, document) => query.Sum(word => Score(word, document)))];

    private double Score(string word, int document) => counts[document].TryGetValue(word, out var count)
        ? weights[word] * count * (K1 + 1) / (count + lengthFactors[document])
        : 0;

    private static Dictionary<string, double> Weights(IReadOnlyList<Dictionary<string, int>> counts)
    {
        var weights = counts.SelectMany(document => document.Keys).GroupBy(word => word)
            .ToDictionary(group => group.Key, group => Math.Log(counts.Count - group.Count() + 0.5) - Math.Log(group.Count() + 0.5));
        var floor = weights.Count == 0 ? 0 : Epsilon * weights.Values.Average();
        return weights.ToDictionary(pair => pair.Key, pair => pair.Value < 0 ? floor : pair.Value);
    }
}
