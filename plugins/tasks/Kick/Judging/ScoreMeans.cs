namespace LlmKick.Kick.Judging;

/// <summary>Adds means to scores.</summary>
internal static class ScoreMeans
{
    /// <summary>Adds the mean of what could be read; nothing where that is nothing.</summary>
    public static void AddMean(this Dictionary<string, double> values, string name, IEnumerable<double> scores)
    {
        var read = scores.ToList();
        if (read.Count > 0)
            values[name] = read.Average();
    }
}
