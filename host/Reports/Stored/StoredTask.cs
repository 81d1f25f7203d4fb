using System.Text.Json.Nodes;
using LlmKick.Sdk.Tasks;

namespace LlmKick.Reports.Stored;

/// <summary>A task as a run's results tell of it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Metrics">What its metrics mean; the first is the one that variants are compared in.</param>
/// <param name="Group">The name without its seed, where it is one of several that differ in nothing else; null where not.</param>
/// <param name="Definition">What must be equal for two runs' samples to be the same questions.</param>
internal sealed record StoredTask(string Name, IReadOnlyList<MetricDescription> Metrics, string? Group, string Definition)
{
    private static readonly string[] NotDefining = ["limit", "take"];

    /// <summary>The metric that variants are compared in.</summary>
    public MetricDescription Main => Metrics[0];

    /// <summary>Reads the tasks of a results document.</summary>
    public static IReadOnlyList<StoredTask> In(JsonObject results) =>
        [.. results["tasks"]!.AsObject().Select(task => new StoredTask(task.Key, [.. task.Value!["metrics"]!.AsObject().Select(Metric)],
            (string?)task.Value["group"], Define(task.Key, results)))];

    private static MetricDescription Metric(KeyValuePair<string, JsonNode?> metric) => new(
        metric.Key, (bool)metric.Value!["higher_is_better"]!, (double?)metric.Value["chance"], (string)metric.Value["help"]!)
    {
        ExponentialOf = (string?)metric.Value["exponential_of"],
    };

    // Options that are paths differ from machine to machine: the hashes of what they name count instead.
    private static string Define(string name, JsonObject results)
    {
        var use = results["recipe"]!["tasks"]!.AsArray().First(task => (string)task!["name"]! == name)!["use"]!.DeepClone().AsObject();
        var data = results["data"]!["tasks"]![name] as JsonObject ?? [];
        var options = use.First().Value!.AsObject();
        foreach (var key in data.Select(pair => pair.Key).Concat(NotDefining))
            Remove(options, key.Split('.'));
        return use.ToJsonString() + data.ToJsonString();
    }

    /// <summary>Removes an option, or one of a record's: <c>chat.template</c>.</summary>
    private static void Remove(JsonObject options, ReadOnlySpan<string> key)
    {
        if (key.Length == 1)
            options.Remove(key[0]);
        else if (options[key[0]] is JsonObject inner)
            Remove(inner, key[1..]);
    }
}
