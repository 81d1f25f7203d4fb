using System.Runtime.CompilerServices;
using LlmKick.Sdk;
using LlmKick.Sdk.Models;
using LlmKick.Sdk.Tasks;

namespace LlmKick.Perplexity;

/// <summary>Perplexity of a text, in windows: each token is predicted from the tokens before it in its window.</summary>
internal sealed class PerplexityTask(PerplexityOptions options) : ITask
{
    private const string Nll = "nll";

    /// <inheritdoc/>
    public IReadOnlyList<MetricDescription> Metrics { get; } =
    [
        new("perplexity", HigherIsBetter: false, Chance: null,
            $"exp of the mean negative log-likelihood of a token; windows of {options.Window} tokens every {options.Step}, the last "
                + $"short one dropped; "
                + $"BOS: {options.Bos.ToString().ToLowerInvariant()}; join: {options.Join.ToString().ToLowerInvariant()}; bootstrap over "
                + $"windows") { ExponentialOf = Nll },
    ];

    /// <inheritdoc/>
    public async IAsyncEnumerable<Sample> SamplesAsync(TaskContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (options.Window > context.ContextLength)
            throw new LlmKickException(
                $"window: {options.Window} tokens are more than the model's context of {context.ContextLength}; write `window: "
                    + $"{context.ContextLength}` or less.");
        var text = await CorpusText.ReadAsync(options.Text, options.TextColumn, options.Join, cancellationToken)
            .ConfigureAwait(false);
        var windows = Windows.Cut(options, text, context.Tokenizer);
        if (windows.Count == 0)
            throw new LlmKickException($"{options.Text}: the text is shorter than one window of {options.Window} tokens; give a longer "
                + $"text or a smaller `window`.");
        foreach (var index in Subset.Choose(windows.Count, options.Limit, options.Take, context.Seed))
            yield return windows[index];
    }

    /// <inheritdoc/>
    public IReadOnlyList<Request> Next(Sample sample, IReadOnlyList<Exchange> exchanges)
    {
        var window = (WindowSample)sample;
        return exchanges.Count == 0 ? [new RollingRequest(window.Tokens, window.ScoreFrom)] : [];
    }

    /// <inheritdoc/>
    public ValueTask<Scores> ScoreAsync(Sample sample, IReadOnlyList<Exchange> exchanges, ScoringContext context,
        CancellationToken cancellationToken)
    {
        var predictions = ((RollingResponse)exchanges[0].Response).LogProbabilities;
        var nll = -predictions.Average(logProbability => (double)logProbability);
        return ValueTask.FromResult(new Scores(new Dictionary<string, double> { [Nll] = nll }) { Weight = predictions.Count });
    }

    /// <inheritdoc/>
    public IReadOnlyList<Metric> Aggregate(IReadOnlyList<Scores> scores) => [.. ScoreMetrics.ExponentialOfMean("perplexity", Nll, scores)];
}
