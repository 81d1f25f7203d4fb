using LlmKick.Harness.Yaml;

namespace LlmKick.Harness.Definitions;

/// <summary>Tasks whose results are put together.</summary>
/// <param name="Name">Its name; of one inside another, both with <c>::</c> between.</param>
/// <param name="Alias">What results call it.</param>
/// <param name="Version">The file's version, or <c>N/A</c>.</param>
/// <param name="Means">What is made of the tasks' results.</param>
internal sealed record TaskGroup(string Name, string Alias, string Version, IReadOnlyList<GroupMean> Means)
{
    private static readonly string[] Keys = ["group", "group_alias", "task", "aggregate_metric_list", "metadata", "tag", "include"];

    /// <summary>Names of its tasks and groups, in order.</summary>
    public List<string> Members { get; } = [];

    /// <summary>Reads a group.</summary>
    public static TaskGroup Of(TaskFile file, string name)
    {
        KnownKeys.Require(file, Keys);
        var metadata = file.Values.GetValueOrDefault("metadata") as IReadOnlyDictionary<string, object?>;
        return new TaskGroup(name, file.Values.GetValueOrDefault("group_alias") as string ?? name,
            metadata?.GetValueOrDefault("version") is { } version ? Python.PythonText.Str(version) : "N/A", [.. Read(file)]);
    }

    private static IEnumerable<GroupMean> Read(TaskFile file)
    {
        var given = file.Values.GetValueOrDefault("aggregate_metric_list");
        foreach (var entry in given switch
        {
            null => [],
            IReadOnlyList<object?> several => several,
            _ => [given],
        })
        {
            if (entry is not IReadOnlyDictionary<string, object?> map || map.GetValueOrDefault("metric") is not string metric)
                throw file.Fault("aggregate_metric_list", "each entry is a map with `metric`, such as { metric: acc }.");
            if (map.GetValueOrDefault("aggregation", "mean") is not "mean")
                throw file.Fault("aggregate_metric_list", "groups are put together by `aggregation: mean` alone; take another one out.");
            KnownKeys.Require(file, "aggregate_metric_list", map.Keys,
                ["metric", "aggregation", "weight_by_size", "filter_list", "higher_is_better"]);
            IReadOnlyList<string> filters = map.GetValueOrDefault("filter_list", "none") switch
            {
                IReadOnlyList<object?> several => [.. several.Select(Python.PythonText.Str)],
                var one => [Python.PythonText.Str(one)],
            };
            foreach (var filter in filters)
                yield return new GroupMean(metric, filter, map.GetValueOrDefault("weight_by_size", true) is true);
        }
    }
}

/// <summary>A mean over a group's tasks.</summary>
/// <param name="Metric">The metric.</param>
/// <param name="Filter">The filter.</param>
/// <param name="BySize">Whether a task counts by its rows.</param>
internal sealed record GroupMean(string Metric, string Filter, bool BySize);
