using LlmKick.Sdk.Models;
using LlmKick.Sdk.Tasks;

namespace LlmKick.Tests.Recipes;

/// <summary>A task that is only looked at.</summary>
internal sealed class TestTask(bool needsJudge = false, bool needsReference = false) : ITask
{
    public IReadOnlyList<MetricDescription> Metrics => [];

    public bool NeedsJudge => needsJudge;

    public bool NeedsReference => needsReference;

    public IAsyncEnumerable<Sample> SamplesAsync(TaskContext context, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public IReadOnlyList<Request> Next(Sample sample, IReadOnlyList<Exchange> exchanges) => throw new NotSupportedException();

    public ValueTask<Scores> ScoreAsync(Sample sample, IReadOnlyList<Exchange> exchanges, ScoringContext context,
        CancellationToken cancellationToken) => throw new NotSupportedException();

    public IReadOnlyList<Metric> Aggregate(IReadOnlyList<Scores> scores) => throw new NotSupportedException();
}
