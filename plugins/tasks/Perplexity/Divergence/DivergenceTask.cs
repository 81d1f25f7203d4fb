using System.Globalization;
using LlmKick.OwnData.Tables;
using LlmKick.Sdk.Models;
using LlmKick.Sdk.Tasks;

namespace LlmKick.Perplexity.Divergence;

/// <summary>How far a compressed model's predictions are from the dense model's, token by token, while both read the same.</summary>
internal sealed class DivergenceTask(DivergenceOptions options) : ITask
{
    /// <inheritdoc/>
    public IReadOnlyList<MetricDescription> Metrics => DivergenceMetrics.Descriptions;

    /// <inheritdoc/>
    public bool NeedsReference => true;

    /// <inheritdoc/>
    public IAsyncEnumerable<Sample> SamplesAsync(TaskContext context, CancellationToken cancellationToken) =>
        options.On == DivergenceSource.Text
            ? new PerplexityTask(options.Windows).SamplesAsync(context, cancellationToken)
            : Table.ChooseAsync(options.Path!, options.Limit, options.Take, context.Seed, cancellationToken)
                .Select(Sample (row) => Sample(row, context));

    /// <inheritdoc/>
    public IReadOnlyList<Request> Next(Sample sample, IReadOnlyList<Exchange> exchanges) => Next(sample, exchanges, null);

    /// <inheritdoc/>
    public IReadOnlyList<Request> Next(Sample sample, IReadOnlyList<Exchange> exchanges, IReadOnlyList<Exchange>? reference) =>
        sample switch
    {
        _ when exchanges.Any(exchange => exchange.Request is DivergenceRequest) => [],
        WindowSample window => [new DivergenceRequest(window.Tokens, window.ScoreFrom)],
        PromptSample prompt when (reference ?? exchanges).Select(exchange => exchange.Response).OfType<GenerateResponse>()
            .FirstOrDefault() is { } answer => Behind(prompt, answer),
        PromptSample prompt => [new GenerateRequest(prompt.Prompt, options.MaxNewTokens, [])],
        _ => [],
    };

    /// <inheritdoc/>
    public ValueTask<Scores> ScoreAsync(Sample sample, IReadOnlyList<Exchange> exchanges, ScoringContext context,
        CancellationToken cancellationToken) => ValueTask.FromResult(
        exchanges.Select(exchange => exchange.Response).OfType<DivergenceResponse>().FirstOrDefault() is { } divergence
            ? DivergenceMetrics.Score(divergence) : new Scores(new Dictionary<string, double>()));

    /// <inheritdoc/>
    public IReadOnlyList<Metric> Aggregate(IReadOnlyList<Scores> scores) => DivergenceMetrics.Aggregate(scores);

    /// <summary>The dense model's answer behind its prompt; of an answer without a token there is nothing to compare.</summary>
    private static IReadOnlyList<Request> Behind(PromptSample prompt, GenerateResponse answer) =>
        answer.Tokens.Count == 0 ? [] : [new DivergenceRequest([.. prompt.Prompt.Tokens, .. answer.Tokens], prompt.Prompt.Tokens.Count)];

    private PromptSample Sample(Row row, TaskContext context) =>
        new(row.Line.ToString(CultureInfo.InvariantCulture), OwnPrompt.Of(options.Prompt!, row, context, options.MaxNewTokens));
}
