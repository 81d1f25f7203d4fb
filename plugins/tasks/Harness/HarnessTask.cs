using System.Runtime.CompilerServices;
using LlmKick.Harness.Asking;
using LlmKick.Harness.Definitions;
using LlmKick.Harness.Metrics;
using LlmKick.Harness.Results;
using LlmKick.Sdk;
using LlmKick.Sdk.Models;
using LlmKick.Sdk.Statistics;
using LlmKick.Sdk.Tasks;

namespace LlmKick.Harness;

/// <summary>Tasks and groups of lm-evaluation-harness.</summary>
internal sealed class HarnessTask : ITask
{
    private readonly HarnessOptions options;
    private readonly TaskTree tree;
    private readonly IReadOnlyList<HarnessMetric> metrics;

    /// <param name="options">The recipe's options.</param>
    public HarnessTask(HarnessOptions options)
    {
        (this.options, tree) = (options, TaskTree.Read(options));
        metrics = HarnessMetric.Of(tree);
        Metrics = [.. metrics.Select(metric => metric.Describe(options))];
    }

    /// <inheritdoc/>
    public IReadOnlyList<MetricDescription> Metrics { get; }

    /// <inheritdoc/>
    public async IAsyncEnumerable<Sample> SamplesAsync(TaskContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // The files may have changed since the metrics were asked for.
        if (tree.Leaves.FirstOrDefault(leaf => !File.Exists(leaf.File.Path)) is { } gone)
            throw new LlmKickException($"{gone.File.Path}: the file is gone; put it back, or name another task.");
        var (read, all) = (TaskTree.Read(options), new List<HarnessSample>());
        foreach (var leaf in read.Leaves)
            all.AddRange((await new SampleMaker(leaf, options, context).MakeAsync(cancellationToken).ConfigureAwait(false))
                .Select(sample => sample with { Groups = read.Leaves.Count > 1 ? [leaf.Name, .. read.SummedAround(leaf)] : [] }));
        cancellationToken.ThrowIfCancellationRequested();
        var changed = options.IsRelease
            ? SharedCuts.Find(all.SelectMany(sample => sample.Pairs), options.MaxLength ?? context.ContextLength) : [];
        foreach (var sample in all)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return ChoiceRequests.Ask(changed.Count == 0 ? sample
                    : sample with { Pairs = [.. sample.Pairs.Select(pair => changed.GetValueOrDefault(pair, pair))] });
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<Request> Next(Sample sample, IReadOnlyList<Exchange> exchanges) =>
        exchanges.Count == 0 ? ((HarnessSample)sample).Requests : [];

    /// <inheritdoc/>
    public ValueTask<Scores> ScoreAsync(Sample sample, IReadOnlyList<Exchange> exchanges, ScoringContext context,
        CancellationToken cancellationToken) =>
        ValueTask.FromResult(HarnessScores.Of(new RowAnswer((HarnessSample)sample, exchanges), metrics));

    /// <inheritdoc/>
    public IReadOnlyList<Metric> Aggregate(IReadOnlyList<Scores> scores) => [.. metrics.SelectMany(metric => metric.Aggregate(scores))];

    /// <inheritdoc/>
    public bool HasFiles => true;

    /// <inheritdoc/>
    public IReadOnlyList<TaskOutput> Files(IReadOnlyList<AnsweredSample> samples) => new ResultFiles(options, tree).Make(samples);
}
