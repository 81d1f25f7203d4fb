namespace LlmKick.Reports.Comparisons;

/// <summary>Finds the settings that nothing beats: none that is as small is better, and none that is as good is smaller.</summary>
internal static class ParetoFront
{
    /// <summary>The front, from small to large.</summary>
    /// <param name="points">What is compared; points without a finite score are not on the front.</param>
    /// <param name="bytes">A point's size.</param>
    /// <param name="score">Its score.</param>
    /// <param name="higherIsBetter">Which scores are better.</param>
    public static IReadOnlyList<T> Of<T>(IEnumerable<T> points, Func<T, long> bytes, Func<T, double> score, bool higherIsBetter)
    {
        var front = new List<T>();
        var best = double.NegativeInfinity;
        foreach (var point in points.Where(point => double.IsFinite(score(point))).OrderBy(bytes).ThenByDescending(Worth))
            if (Worth(point) > best)
            {
                best = Worth(point);
                front.Add(point);
            }
        return front;

        double Worth(T point) => higherIsBetter ? score(point) : -score(point);
    }
}
