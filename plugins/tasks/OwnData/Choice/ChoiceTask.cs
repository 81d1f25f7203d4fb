using System.Globalization;
using System.Text;
using LlmKick.OwnData.Tables;
using LlmKick.Sdk;
using LlmKick.Sdk.Models;
using LlmKick.Sdk.Tasks;

namespace LlmKick.OwnData.Choice;

/// <summary>Multiple-choice questions of a user's file: the choice that continues the prompt with the greatest probability.</summary>
internal sealed class ChoiceTask(ChoiceOptions options) : ITask
{
    private const string Accuracy = "accuracy";
    private const string PerByte = "accuracy.per_byte";

    /// <inheritdoc/>
    public IReadOnlyList<MetricDescription> Metrics { get; } =
    [
        new(Accuracy, HigherIsBetter: true, Chance: null,
            "the right choice has the greatest probability (the sum of its tokens' log-probabilities)"),
        new(PerByte, HigherIsBetter: true, Chance: null, "the right choice has the greatest log-probability for each byte of its text"),
    ];

    /// <inheritdoc/>
    public IAsyncEnumerable<Sample> SamplesAsync(TaskContext context, CancellationToken cancellationToken) =>
        Table.ChooseAsync(options.Path, options.Limit, options.Take, context.Seed, cancellationToken)
            .Select(Sample (row) => Sample(row, context));

    /// <inheritdoc/>
    public IReadOnlyList<Request> Next(Sample sample, IReadOnlyList<Exchange> exchanges)
    {
        var question = (ChoiceSample)sample;
        return exchanges.Count == 0 ? [new ChooseRequest(question.Prompt, question.Choices)] : [];
    }

    /// <inheritdoc/>
    public ValueTask<Scores> ScoreAsync(Sample sample, IReadOnlyList<Exchange> exchanges, ScoringContext context,
        CancellationToken cancellationToken)
    {
        var question = (ChoiceSample)sample;
        var sums = ((ChooseResponse)exchanges[0].Response).LogProbabilities;
        return ValueTask.FromResult(new Scores(new Dictionary<string, double>
        {
            [Accuracy] = Best(sums) == question.Right ? 1 : 0,
            [PerByte] = Best([.. sums.Zip(question.Bytes, (sum, bytes) => sum / bytes)]) == question.Right ? 1 : 0,
        })
        {
            Cluster = question.Cluster,
        });
    }

    /// <inheritdoc/>
    public IReadOnlyList<Metric> Aggregate(IReadOnlyList<Scores> scores) =>
        [.. Metrics.SelectMany(metric => ScoreMetrics.Proportion(metric.Name, scores))];

    /// <summary>The greatest; the first of equals, none where all are NaN.</summary>
    private static int Best(IReadOnlyList<double> values)
    {
        var best = -1;
        for (var i = 0; i < values.Count; i++)
            if (!double.IsNaN(values[i]) && (best < 0 || values[i] > values[best]))
                best = i;
        return best;
    }

    private ChoiceSample Sample(Row row, TaskContext context)
    {
        IReadOnlyList<string> texts = [.. options.Choices.SelectMany(row.List)];
        if (texts.Count < 2 || texts.Any(string.IsNullOrWhiteSpace))
            throw new LlmKickException(
                $"{row.Place}: a question needs at least two choices, none of them empty; it has {string.Join(" | ", texts)}.");
        IReadOnlyList<Prompt> choices = [.. texts.Select(text => Prompt.Of(options.Separator + text, context.Tokenizer))];
        var prompt = OwnPrompt.Of(options.Prompt, row, context, choices.Max(choice => choice.Tokens.Count));
        return new ChoiceSample(
            row.Line.ToString(CultureInfo.InvariantCulture), prompt, choices, [.. texts.Select(Encoding.UTF8.GetByteCount)],
            RightChoice.Find(row.Place, texts, row.Text(options.Answer)), options.Cluster is { } cluster ? row.Text(cluster) : null);
    }
}
