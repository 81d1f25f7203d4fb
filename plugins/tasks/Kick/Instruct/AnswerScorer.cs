using LlmKick.Kick.Judging;
using LlmKick.Sdk.Models;
using LlmKick.Sdk.Tasks;
using LlmKick.Sdk.Tasks.Texts;

namespace LlmKick.Kick.Instruct;

/// <summary>Scores answers without a judge.</summary>
internal static class AnswerScorer
{
    /// <summary>The metric that needs reference answers.</summary>
    public const string ReferenceMetric = "reference_rougeL";

    private const int RepetitionLength = 3;

    /// <summary>Every metric, in order.</summary>
    public static IReadOnlyList<MetricDescription> Metrics { get; } =
    [
        new("unique_tokens", HigherIsBetter: true, Chance: null,
            "different words in an answer (runs of letters and digits, case ignored), mean over turns"),
        new("repetition_rate", HigherIsBetter: false, Chance: null,
            "share of an answer's runs of three words that it had before, mean over turns"),
        new(ReferenceMetric, HigherIsBetter: true, Chance: null,
            "ROUGE-L F against the reference answer, where there is one, mean over turns"),
        new("empty_answer", HigherIsBetter: false, Chance: null, "an answer has no word"),
        new("unfinished_answer", HigherIsBetter: false, Chance: null, "an answer did not end before `max_new_tokens`"),
        new("window_exceeded", HigherIsBetter: false, Chance: null,
            "a turn was not asked, because prompt and answer together exceed the model's context"),
    ];

    /// <summary>What is 0 or 1.</summary>
    public static bool IsProportion(string metric) => metric is "empty_answer" or "unfinished_answer" or "window_exceeded";

    /// <summary>Scores the answers that were given.</summary>
    public static Scores Score(Conversation conversation, IReadOnlyList<GenerateResponse> answers)
    {
        var values = new Dictionary<string, double> { ["window_exceeded"] = ScoreNames.Of(answers.Count < conversation.Questions.Count) };
        if (answers.Count > 0)
            Add(values, conversation, answers);
        return new Scores(values) { Groups = [conversation.Category] };
    }

    private static void Add(Dictionary<string, double> values, Conversation conversation, IReadOnlyList<GenerateResponse> answers)
    {
        var words = answers.Select(answer => WordSplitter.Of(answer.Answer)).ToList();
        values["unique_tokens"] = words.Average(answer => answer.Distinct().Count());
        values["repetition_rate"] = words.Average(answer => Ngrams.RepeatedShare(answer, RepetitionLength));
        values["empty_answer"] = ScoreNames.Of(words.Any(answer => answer.Count == 0));
        values["unfinished_answer"] = ScoreNames.Of(answers.Any(answer => answer.Finish is FinishReason.Length or FinishReason.Context));
        var compared = answers.Zip(conversation.References,
            (answer, reference) => Rouge.OfLongest(WordSplitter.Ascii(answer.Answer), WordSplitter.Ascii(reference)).F).ToList();
        if (compared.Count > 0)
            values[ReferenceMetric] = compared.Average();
    }
}
