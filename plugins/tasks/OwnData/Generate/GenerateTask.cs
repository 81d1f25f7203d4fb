using System.Globalization;
using LlmKick.OwnData.Tables;
using LlmKick.Sdk;
using LlmKick.Sdk.Models;
using LlmKick.Sdk.Tasks;
using LlmKick.Sdk.Tasks.Texts;

namespace LlmKick.OwnData.Generate;

/// <summary>Texts written after a user's prompts: how varied they are, and how near to references.</summary>
internal sealed class GenerateTask(GenerateOptions options) : ITask
{
    private const string RougeL = "rougeL";
    private const string UniqueTokens = "unique_tokens";
    private const string RepetitionRate = "repetition_rate";
    private const string EmptyAnswer = "empty_answer";
    private const string UnfinishedAnswer = "unfinished_answer";
    private const int RepetitionLength = 3;

    /// <inheritdoc/>
    public IReadOnlyList<MetricDescription> Metrics { get; } =
    [
        .. options.Reference is null ? Array.Empty<MetricDescription>() : [new(RougeL, HigherIsBetter: true, Chance: null,
            $"ROUGE-L F against the reference, the nearest of several ({(options.Stem ? "stems" : "no stemming")})")],
        new(UniqueTokens, HigherIsBetter: true, Chance: null, "different words in an answer (runs of letters and digits, case ignored)"),
        new(RepetitionRate, HigherIsBetter: false, Chance: null, "share of an answer's runs of three words that it had before"),
        new(EmptyAnswer, HigherIsBetter: false, Chance: null, "the answer has no word"),
        new(UnfinishedAnswer, HigherIsBetter: false, Chance: null, "the answer did not end before `max_new_tokens`"),
        .. ReasoningScores.Metrics,
    ];

    /// <inheritdoc/>
    public IAsyncEnumerable<Sample> SamplesAsync(TaskContext context, CancellationToken cancellationToken) =>
        Table.ChooseAsync(options.Path, options.Limit, options.Take, context.Seed, cancellationToken)
            .Select(Sample (row) => Sample(row, context));

    /// <inheritdoc/>
    public IReadOnlyList<Request> Next(Sample sample, IReadOnlyList<Exchange> exchanges) =>
        exchanges.Count == 0 ? [new GenerateRequest(((GenerateSample)sample).Prompt, options.MaxNewTokens,
            options.Stop) { Sampling = ((GenerateSample)sample).Sampling }] : [];

    /// <inheritdoc/>
    public ValueTask<Scores> ScoreAsync(Sample sample, IReadOnlyList<Exchange> exchanges, ScoringContext context,
        CancellationToken cancellationToken)
    {
        var (row, answer) = ((GenerateSample)sample, (GenerateResponse)exchanges[0].Response);
        var words = WordSplitter.Of(answer.Answer);
        var values = new Dictionary<string, double>
        {
            [UniqueTokens] = words.Distinct().Count(),
            [RepetitionRate] = Ngrams.RepeatedShare(words, RepetitionLength),
            [EmptyAnswer] = words.Count == 0 ? 1 : 0,
            [UnfinishedAnswer] = answer.Finish is FinishReason.Length or FinishReason.Context ? 1 : 0,
        };
        if (row.References.Count > 0)
            values[RougeL] = row.References.Max(reference => Rouge.OfLongest(Cut(answer.Answer), Cut(reference)).F);
        return ValueTask.FromResult(new Scores(values) { Groups = row.Groups }.WithReasoning(answer));
    }

    /// <inheritdoc/>
    public IReadOnlyList<Metric> Aggregate(IReadOnlyList<Scores> scores) =>
        [.. Metrics.Except(ReasoningScores.Metrics).SelectMany(metric => metric.Name is EmptyAnswer or UnfinishedAnswer
            ? ScoreMetrics.Proportion(metric.Name, scores)
            : ScoreMetrics.Mean(metric.Name, scores)), .. ReasoningScores.Aggregate(scores)];

    private IReadOnlyList<string> Cut(string text) => options.Stem ? WordSplitter.AsciiStems(text) : WordSplitter.Ascii(text);

    private GenerateSample Sample(Row row, TaskContext context)
    {
        var prompt = OwnPrompt.Of(options.Prompt, row, context, options.MaxNewTokens);
        var references = options.Reference is { } column ? row.List(column) : [];
        if (options.Reference is not null && references.Count == 0)
            throw new LlmKickException(
                $"{row.Place}: the column '{options.Reference}' is an empty list; leave the row out, or give it a text.");
        var id = row.Line.ToString(CultureInfo.InvariantCulture);
        return new GenerateSample(id, prompt, references, options.Group is { } group ? [row.Text(group)] : [],
            options.SamplingOf(context.Seed, id));
    }
}
