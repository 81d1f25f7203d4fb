namespace LlmKick.Kick.Judging;

/// <summary>Two answers judged in both positions, since judges favour one. The baseline is always <see cref="ScorePair.First"/>.</summary>
/// <param name="BaselineFirst">What was said with the baseline shown first, as in the paper; null where that could not be read.</param>
/// <param name="ModelFirst">What was said with the model's answer shown first.</param>
internal sealed record Duel(ScorePair? BaselineFirst, ScorePair? ModelFirst)
{
    /// <summary>A duel of replies as they were given.</summary>
    /// <param name="baselineFirst">Of the reply with the baseline shown first.</param>
    /// <param name="modelFirst">Of the other, whose first score is the model's.</param>
    public static Duel Of(ScorePair? baselineFirst, ScorePair? modelFirst) =>
        new(baselineFirst, modelFirst is null ? null : new ScorePair(modelFirst.Second, modelFirst.First));

    /// <summary>What could be read.</summary>
    public IReadOnlyList<ScorePair> Read => [.. new[] { BaselineFirst, ModelFirst }.OfType<ScorePair>()];

    /// <summary>Whether both positions have the same winner, or both none; null unless both could be read.</summary>
    public double? Consistency => Winners is var (one, other) ? ScoreNames.Of(one == other) : null;

    /// <summary>1 where the model wins in both positions, 0 where the baseline does, else 0.5: MT-Bench's rule. Null unless both could be
    /// read.</summary>
    public double? Win => Winners is var (one, other) ? (one == other ? (1 + one) / 2.0 : 0.5) : null;

    private (int BaselineFirst, int ModelFirst)? Winners => BaselineFirst is null || ModelFirst is null ? null
        : (Winner(BaselineFirst), Winner(ModelFirst));

    private static int Winner(ScorePair pair) => pair.Second.CompareTo(pair.First);
}
