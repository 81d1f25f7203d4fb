using System.Text.Json;
using LlmKick.Runs.Records;
using LlmKick.Sdk;
using LlmKick.Sdk.Models;
using LlmKick.Sdk.Tasks;
using LlmKick.Storage;

namespace LlmKick.Runs.Work;

/// <summary>Reads back what the dense variant was asked and answered, for tasks that need it.</summary>
/// <param name="folder">Where the run is kept.</param>
/// <param name="task">The task.</param>
/// <param name="samples">Its samples.</param>
internal sealed class ReferenceAnswers(RunFolder folder, ITask task, TaskSamples samples)
{
    /// <summary>For each sample its exchanges.</summary>
    /// <param name="dense">The dense variant.</param>
    /// <param name="name">The task's name.</param>
    /// <exception cref="LlmKickException">The stored answers are not those of these samples.</exception>
    public IReadOnlyList<IReadOnlyList<Exchange>> Read(string dense, string name)
    {
        var path = folder.Samples(dense, name);
        var stored = File.ReadLines(path).Select(line => JsonSerializer.Deserialize<StoredSample>(line, RunJson.Line)!)
            .ToDictionary(line => line.Id, line => line.Responses, StringComparer.Ordinal);
        return [.. samples.Samples.Select((sample, i) => stored.TryGetValue(sample.Id, out var responses)
            ? Replay.Of(task, sample, samples.Requests[i], responses, null)
            : throw new LlmKickException(
                $"'{path}' has no answer to sample '{sample.Id}'; delete the file, and '{dense}' is asked again."))];
    }
}
