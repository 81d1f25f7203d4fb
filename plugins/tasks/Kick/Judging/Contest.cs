using LlmKick.Sdk.Tasks;

namespace LlmKick.Kick.Judging;

/// <summary>An answer beside another, in every turn or aspect.</summary>
/// <param name="Duels">The turns or aspects.</param>
/// <param name="Replies">What the judge said.</param>
internal sealed record Contest(IReadOnlyList<Duel> Duels, IReadOnlyList<JudgeReply> Replies)
{
    /// <summary>Scores besides those of every contest.</summary>
    public IReadOnlyDictionary<string, double> Own { get; init; } = new Dictionary<string, double>();

    /// <summary>Puts replies together.</summary>
    /// <param name="replies">Two for each pair of answers: the baseline shown first, then the model's.</param>
    /// <param name="readings">What was read of each reply, one pair a duel, or null.</param>
    public static Contest Of(IReadOnlyList<JudgeReply> replies, IReadOnlyList<IReadOnlyList<ScorePair>?> readings)
    {
        var duels = new List<Duel>();
        var each = readings.OfType<IReadOnlyList<ScorePair>>().FirstOrDefault()?.Count ?? 0;
        for (var pair = 0; pair < replies.Count; pair += 2)
            for (var i = 0; i < each; i++)
                duels.Add(Duel.Of(readings[pair]?[i], readings[pair + 1]?[i]));
        return new Contest(duels, [.. replies.Select((reply, i) => reply with { IsRead = readings[i] is not null })]);
    }

    /// <summary>Every score that could be read.</summary>
    public Dictionary<string, double> Values()
    {
        var values = new Dictionary<string, double>(Own);
        values.AddMean(JudgeScores.WinRate, Duels.Select(duel => duel.Win).OfType<double>());
        values.AddMean(JudgeScores.Consistency, Duels.Select(duel => duel.Consistency).OfType<double>());
        return values;
    }

    /// <summary>By how much identical answers were told apart.</summary>
    public IEnumerable<double> Noise => Duels.SelectMany(duel => duel.Read).Select(pair => Math.Abs(pair.First - pair.Second));
}
