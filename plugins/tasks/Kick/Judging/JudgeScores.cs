using LlmKick.Sdk.Tasks;

namespace LlmKick.Kick.Judging;

/// <summary>Names of a judge's scores, and what they mean.</summary>
internal static class JudgeScores
{
    public const string Strict = "judge.strict";
    public const string Paper = "judge.paper";
    public const string Baseline = "judge.baseline";
    public const string Unparsable = "judge.unparsable";

    /// <summary>The aspects of a summary, in the order of the prompt.</summary>
    public static IReadOnlyList<string> Aspects { get; } = ["coherence", "consistency", "fluency", "relevance"];

    /// <summary>Metrics of answers graded as a whole.</summary>
    public static IReadOnlyList<MetricDescription> OfAnswers { get; } =
    [
        new(Strict, HigherIsBetter: true, Chance: null, "the judge's score, 0 to 10; beside a baseline the mean of both positions; replies without a score are left out"),
        new(Paper, HigherIsBetter: true, Chance: null, "the judge's score beside the baseline, which is shown first, as far as the paper's code can read the reply; not with MT-Bench's prompts"),
        new(Baseline, HigherIsBetter: true, Chance: null, "the baseline's score beside this model's, mean of both positions; not with MT-Bench's prompts"),
        Unread,
    ];

    /// <summary>Metrics of summaries.</summary>
    public static IReadOnlyList<MetricDescription> OfSummaries { get; } =
    [
        .. Aspects.SelectMany(aspect => new MetricDescription[]
        {
            new(OfAspect(aspect, "strict"), HigherIsBetter: true, Chance: null, $"the judge's score of {aspect} beside the baseline, 0 to 10, mean of both positions; replies without scores are left out"),
            new(OfAspect(aspect, "paper"), HigherIsBetter: true, Chance: null, $"the judge's score of {aspect} beside the baseline, which is shown first, as far as the paper's code can read the reply"),
        }),
        Unread,
    ];

    private static MetricDescription Unread => new(Unparsable, HigherIsBetter: false, Chance: null, "a reply of the judge held no score in any known form");

    /// <summary>The score of an aspect.</summary>
    public static string OfAspect(string aspect, string scoring) => $"judge.{aspect}.{scoring}";
}
