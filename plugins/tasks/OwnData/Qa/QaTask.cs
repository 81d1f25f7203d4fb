using System.Globalization;
using LlmKick.OwnData.Tables;
using LlmKick.Sdk;
using LlmKick.Sdk.Models;
using LlmKick.Sdk.Tasks;

namespace LlmKick.OwnData.Qa;

/// <summary>Questions of a user's file.</summary>
internal sealed class QaTask(QaOptions options) : ITask
{
    private const string Exact = "exact_match";
    private const string Contains = "contains";

    /// <inheritdoc/>
    public IReadOnlyList<MetricDescription> Metrics { get; } =
    [
        new(Exact, HigherIsBetter: true, Chance: null,
            "the first line of the output is a right answer; case, punctuation and articles do not count"),
        new(Contains, HigherIsBetter: true, Chance: null, "the first line of the output has a right answer's words one after another"),
        .. ReasoningScores.Metrics,
    ];

    /// <inheritdoc/>
    public IAsyncEnumerable<Sample> SamplesAsync(TaskContext context, CancellationToken cancellationToken) =>
        Table.ChooseAsync(options.Path, options.Limit, options.Take, context.Seed, cancellationToken)
            .Select(Sample (row) => Sample(row, context));

    /// <inheritdoc/>
    public IReadOnlyList<Request> Next(Sample sample, IReadOnlyList<Exchange> exchanges) =>
        exchanges.Count == 0 ? [new GenerateRequest(((QaSample)sample).Prompt, options.MaxNewTokens,
            options.Stop) { Sampling = ((QaSample)sample).Sampling }] : [];

    /// <inheritdoc/>
    public ValueTask<Scores> ScoreAsync(Sample sample, IReadOnlyList<Exchange> exchanges, ScoringContext context,
        CancellationToken cancellationToken)
    {
        var question = (QaSample)sample;
        var response = (GenerateResponse)exchanges[0].Response;
        var line = response.Answer.TrimStart().Split('\n')[0];
        return ValueTask.FromResult(new Scores(new Dictionary<string, double>
        {
            [Exact] = question.Answers.Any(answer => AnswerText.SameWords(line, answer)) ? 1 : 0,
            [Contains] = question.Answers.Any(answer => AnswerText.ContainsWords(line, answer)) ? 1 : 0,
        })
        {
            Cluster = question.Cluster,
        }.WithReasoning(response));
    }

    /// <inheritdoc/>
    public IReadOnlyList<Metric> Aggregate(IReadOnlyList<Scores> scores) => 
        [.. ScoreMetrics.Proportion(Exact, scores), .. ScoreMetrics.Proportion(Contains, scores), .. ReasoningScores.Aggregate(scores)];

    private QaSample Sample(Row row, TaskContext context)
    {
        var answers = row.List(options.Answer);
        if (!answers.Any(answer => AnswerText.SameWords(answer, answer)))
            throw new LlmKickException($"{row.Place}: the answer '{row.Text(options.Answer)}' has no letter or digit, so that no output "
                + $"can be right; leave the row out or mend it.");
        var prompt = OwnPrompt.Of(options.Prompt, row, context, options.MaxNewTokens);
        var id = row.Line.ToString(CultureInfo.InvariantCulture);
        return new QaSample(id, prompt, answers, options.Cluster is { } cluster ? row.Text(cluster) : null,
            options.SamplingOf(context.Seed, id));
    }
}
