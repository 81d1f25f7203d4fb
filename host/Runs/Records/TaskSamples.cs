using LlmKick.Sdk;
using LlmKick.Sdk.Models;
using LlmKick.Sdk.Tasks;
using LlmKick.Storage;

namespace LlmKick.Runs.Records;

/// <summary>Everything a task asks at first, and how it is cut into batches. The same for all variants with the same tokenizer.</summary>
/// <param name="Samples">The samples, in order.</param>
/// <param name="Requests">For each sample its first requests.</param>
/// <param name="Batches">Ranges of samples.</param>
internal sealed record TaskSamples(IReadOnlyList<Sample> Samples, IReadOnlyList<IReadOnlyList<Request>> Requests,
    IReadOnlyList<Range> Batches)
{
    /// <summary>Lists the samples of a task.</summary>
    /// <exception cref="LlmKickException">There are none, two have one id, or one asks a kind that its plugin does not
    /// register.</exception>
    public static async Task<TaskSamples> ListAsync(ITask task, TaskContext context, CancellationToken cancellationToken)
    {
        var samples = new List<Sample>();
        await foreach (var sample in task.SamplesAsync(context, cancellationToken).ConfigureAwait(false))
            samples.Add(sample);
        Check(samples);
        var requests = samples.ConvertAll(sample => Next(task, sample, [], null));
        return new TaskSamples(samples, requests, BatchCutter.Cut(requests)) { Repeats = SampleRepeats.Find(samples, requests) };
    }

    /// <summary>What a task asks next about a sample.</summary>
    /// <exception cref="LlmKickException">A request is of a kind that its plugin does not register.</exception>
    public static IReadOnlyList<Request> Next(ITask task, Sample sample, IReadOnlyList<Exchange> exchanges,
        IReadOnlyList<Exchange>? reference)
    {
        var requests = task.Next(sample, exchanges, reference);
        foreach (var request in requests)
            StoredKinds.Require(request);
        return requests;
    }

    /// <summary>For each sample the cluster of those that ask the same, or null where it is the only one.</summary>
    public IReadOnlyList<string?> Repeats { get; init; } = [];

    /// <summary>The part of a list with one item a sample that belongs to a batch.</summary>
    public List<T> Slice<T>(IReadOnlyList<T> all, int batch)
    {
        var (start, length) = Batches[batch].GetOffsetAndLength(all.Count);
        return [.. all.Skip(start).Take(length)];
    }

    private static void Check(IReadOnlyList<Sample> samples)
    {
        if (samples.Count == 0)
            throw new LlmKickException("The task has no samples: its data are empty, or its options leave nothing of them.");
        var known = new HashSet<string>(StringComparer.Ordinal);
        if (samples.FirstOrDefault(sample => !known.Add(sample.Id)) is { } twice)
            throw new LlmKickException($"The task has two samples with the id '{twice.Id}': ids must be unique.");
    }
}
