using LlmKick.Sdk.Tasks;

namespace LlmKick.Kick.Judging;

/// <summary>Names of a judge's scores, and what they mean.</summary>
internal static class JudgeScores
{
    public const string Strict = "judge.strict";
    public const string Paper = "judge.paper";
    public const string Baseline = "judge.baseline";
    public const string WinRate = "judge.win_rate";
    public const string Consistency = "judge.position_consistency";
    public const string Noise = "judge.noise_floor";
    public const string Unparsable = "judge.unparsable";

    /// <summary>The aspects of a summary, in the order of the prompt.</summary>
    public static IReadOnlyList<string> Aspects { get; } = ["coherence", "consistency", "fluency", "relevance"];

    private static readonly MetricDescription[] Answer =
    [
        new(Strict, HigherIsBetter: true, Chance: null,
            "the judge's score, 0 to 10; beside a baseline the mean of both positions; replies without a score are left out"),
        new(Paper, HigherIsBetter: true, Chance: null,
            "the judge's score beside the baseline, which is shown first, as far as the paper's code can read the reply"),
        new(Baseline, HigherIsBetter: true, Chance: null, "the baseline's score beside this model's, mean of both positions"),
    ];

    private static readonly MetricDescription[] Summary =
    [
        .. Aspects.SelectMany(aspect => new MetricDescription[]
        {
            new(OfAspect(aspect, "strict"), HigherIsBetter: true, Chance: null,
                $"the judge's score of {aspect} beside the baseline, 0 to 10, mean of both positions; replies without scores are left out"),
            new(OfAspect(aspect, "paper"), HigherIsBetter: true, Chance: null,
                $"the judge's score of {aspect} beside the baseline, which is shown first, as far as the paper's code can read the reply"),
        }),
    ];

    private static readonly MetricDescription[] Pair =
    [
        new(WinRate, HigherIsBetter: true, Chance: null,
            "wins over the baseline, ties count half; a win must be one in both positions (MT-Bench's rule); the baseline itself has 0.5"),
        new(Consistency, HigherIsBetter: true, Chance: null,
            "the judge's choice is the same in both positions: where it is not, position decided, and the pair is a tie"),
    ];

    /// <summary>Metrics of answers.</summary>
    public static IReadOnlyList<MetricDescription> OfAnswers(JudgedOptions options) => options.Kind() switch
    {
        JudgeKind.None => [],
        JudgeKind.Single => [Answer[0], .. Common(options)],
        JudgeKind.Verdicts => [.. Pair, .. Common(options)],
        _ => [.. Ordered(options, Answer), .. Common(options)],
    };

    /// <summary>Metrics of summaries.</summary>
    public static IReadOnlyList<MetricDescription> OfSummaries(JudgedOptions options) => options.Kind() == JudgeKind.None ? []
        : [.. Ordered(options, Summary), .. Common(options)];

    /// <summary>The score of an aspect.</summary>
    public static string OfAspect(string aspect, string scoring) => $"judge.{aspect}.{scoring}";

    /// <summary>The first is what variants are compared in: the dense variant has no score of its own beside itself.</summary>
    private static IEnumerable<MetricDescription> Ordered(JudgedOptions options, MetricDescription[] scores) =>
        options.Baseline == JudgedOptions.Dense ? [.. Pair, .. scores] : [.. scores, .. Pair];

    private static IEnumerable<MetricDescription> Common(JudgedOptions options)
    {
        if (options.NoiseFloor)
            yield return new MetricDescription(Noise, HigherIsBetter: false, Chance: null, options.Kind() switch
            {
                JudgeKind.Single =>
                    "by how many points the judge's rating of the same answer changes when it is asked again; on the dense variant alone",
                JudgeKind.Verdicts =>
                    "share of the judge's replies that call one of two identical answers better; on the dense variant alone",
                _ => "by how many points the judge's scores of two identical answers differ; on the dense variant alone",
            });
        yield return new MetricDescription(Unparsable, HigherIsBetter: false, Chance: null,
            "a reply of the judge held no verdict in any known form");
    }
}
