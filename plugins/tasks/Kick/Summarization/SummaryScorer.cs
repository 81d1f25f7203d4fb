using LlmKick.Sdk.Tasks;
using LlmKick.Sdk.Tasks.Texts;

namespace LlmKick.Kick.Summarization;

/// <summary>Scores a summary without a judge.</summary>
internal static class SummaryScorer
{
    private const int CopyLength = 4;
    private const int RepetitionLength = 3;

    /// <summary>Every metric, in order.</summary>
    /// <param name="stem">Whether ROUGE compares stems.</param>
    public static IReadOnlyList<MetricDescription> Metrics(bool stem) =>
    [
        new("rouge1", HigherIsBetter: true, Chance: null, $"ROUGE-1 F against the highlights ({Kind(stem)}), of what was asked"),
        new("rouge2", HigherIsBetter: true, Chance: null, $"ROUGE-2 F against the highlights ({Kind(stem)})"),
        new("rougeL", HigherIsBetter: true, Chance: null, $"ROUGE-L F against the highlights ({Kind(stem)})"),
        new("compression_rate", HigherIsBetter: false, Chance: null, "the summary's words for each word of the story"),
        new("unique_tokens", HigherIsBetter: true, Chance: null, "different words in a summary (runs of letters and digits, case ignored)"),
        new("copied_4grams", HigherIsBetter: false, Chance: null, "share of the summary's runs of four words that the story has too"),
        new("repetition_rate", HigherIsBetter: false, Chance: null, "share of the summary's runs of three words that it had before"),
        new("empty_answer", HigherIsBetter: false, Chance: null, "the summary has no word"),
        new("window_exceeded", HigherIsBetter: false, Chance: null,
            "prompt and summary together exceed the model's context: not asked, and in no other metric"),
        new("highlights_found", HigherIsBetter: false, Chance: null,
            "the file's prompt held the reference summary (`highlights` says whether the model saw it)"),
    ];

    /// <summary>What is 0 or 1.</summary>
    public static bool IsProportion(string metric) => metric is "empty_answer" or "window_exceeded" or "highlights_found";

    /// <summary>Scores a summary, or what was not asked.</summary>
    public static Scores Score(SummarizationSample sample, string? summary, bool stem)
    {
        var values = new Dictionary<string, double>
        {
            ["window_exceeded"] = ScoreNames.Of(sample.Request is null),
            ["highlights_found"] = ScoreNames.Of(sample.Highlights.Count > 0),
        };
        if (summary is not null)
            Add(values, sample, summary, stem ? WordSplitter.AsciiStems : WordSplitter.Ascii);
        return new Scores(values) { Groups = [sample.Class] };
    }

    private static string Kind(bool stem) => stem ? "stems" : "no stemming";

    private static void Add(Dictionary<string, double> values, SummarizationSample sample, string summary,
        Func<string, IReadOnlyList<string>> cut)
    {
        var (words, story) = (WordSplitter.Of(summary), WordSplitter.Of(sample.Story));
        values["compression_rate"] = (double)words.Count / Math.Max(1, story.Count);
        values["unique_tokens"] = words.Distinct().Count();
        values["copied_4grams"] = Ngrams.CopiedShare(words, story, CopyLength);
        values["repetition_rate"] = Ngrams.RepeatedShare(words, RepetitionLength);
        values["empty_answer"] = ScoreNames.Of(words.Count == 0);
        if (sample.Highlights.Count > 0)
            AddRouge(values, cut(summary), cut(sample.Target));
    }

    private static void AddRouge(Dictionary<string, double> values, IReadOnlyList<string> summary, IReadOnlyList<string> highlights)
    {
        values["rouge1"] = Rouge.OfNgrams(summary, highlights, 1).F;
        values["rouge2"] = Rouge.OfNgrams(summary, highlights, 2).F;
        values["rougeL"] = Rouge.OfLongest(summary, highlights).F;
    }
}
