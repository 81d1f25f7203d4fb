using System.Globalization;
using System.Runtime.CompilerServices;
using LlmKick.Sdk;
using LlmKick.Sdk.Models;
using LlmKick.Sdk.Tasks;

namespace Contoso.Plugin_1;

/// <summary>Which of two sentences the model finds more probable (Warstadt et al., 2020, "BLiMP").</summary>
/// <param name="options">Where the pairs are, and how many.</param>
public sealed class MinimalPairs(MinimalPairsOptions options) : ITask
{
    private const string Accuracy = "accuracy";

    /// <inheritdoc/>
    public IReadOnlyList<MetricDescription> Metrics { get; } =
        [new(Accuracy, HigherIsBetter: true, Chance: 0.5,
            "the grammatical sentence has the greater probability (the sum of its tokens' log-probabilities)")];

    /// <inheritdoc/>
    public async IAsyncEnumerable<Sample> SamplesAsync(TaskContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var lines = await PairFile.ReadAsync(options.Path, cancellationToken).ConfigureAwait(false);
        foreach (var index in Subset.Choose(lines.Count, options.Limit, options.Take, context.Seed))
            yield return Sample(lines[index], context);
    }

    /// <inheritdoc/>
    public IReadOnlyList<Request> Next(Sample sample, IReadOnlyList<Exchange> exchanges) =>
        exchanges.Count == 0 ? [new RollingRequest(((Pair)sample).Good), new RollingRequest(((Pair)sample).Bad)] : [];

    /// <inheritdoc/>
    public ValueTask<Scores> ScoreAsync(Sample sample, IReadOnlyList<Exchange> exchanges, ScoringContext context,
        CancellationToken cancellationToken)
    {
        var isRight = LogProbability(exchanges[0]) > LogProbability(exchanges[1]);
        return ValueTask.FromResult(new Scores(new Dictionary<string, double> { [Accuracy] = isRight ? 1 : 0 })
        {
            Groups = ((Pair)sample).Phenomenon is { } phenomenon ? [phenomenon] : [],
        });
    }

    /// <inheritdoc/>
    public IReadOnlyList<Metric> Aggregate(IReadOnlyList<Scores> scores) => [.. ScoreMetrics.Proportion(Accuracy, scores)];

    private static double LogProbability(Exchange exchange) => ((RollingResponse)exchange.Response).LogProbabilities.Sum(x => (double)x);

    private Pair Sample(PairFile.Line line, TaskContext context)
    {
        var (good, bad) = (Tokens(line.Good), Tokens(line.Bad));
        return new Pair(line.Number.ToString(CultureInfo.InvariantCulture), line.Good, good, bad, line.Phenomenon);

        int[] Tokens(string text)
        {
            var tokens = context.Tokenizer.Encode(text, addSpecial: true);
            return tokens.Length >= 2 && tokens.Length <= context.ContextLength ? tokens : throw new LlmKickException(
                $"{options.Path}:{line.Number}: '{text}' has {tokens.Length} tokens, and a sentence needs 2 to {context.ContextLength}; "
                    + $"mend it or leave it out.");
        }
    }
}
