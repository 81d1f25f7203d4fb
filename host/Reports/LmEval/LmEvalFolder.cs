using System.Text.Json;
using System.Text.Json.Nodes;
using LlmKick.Sdk;
using LlmKick.Sdk.Files;

namespace LlmKick.Reports.LmEval;

/// <summary>A folder that lm-evaluation-harness wrote with <c>--log_samples</c>: results, and the samples of each task.</summary>
internal sealed class LmEvalFolder
{
    private const string ResultsStart = "results_";
    private const string SamplesStart = "samples_";
    private readonly string path;
    private readonly JsonObject document;

    private LmEvalFolder(string path, JsonObject document) => (this.path, this.document) = (path, document);

    /// <summary>Whether a folder is one rather than a run's.</summary>
    public static bool Is(string folder) => !File.Exists(Path.Combine(folder, "results.json")) && Find(folder) is not null;

    /// <summary>Reads the newest results of a folder, or of the folder of a model in it.</summary>
    /// <exception cref="LlmKickException">They are damaged, or of several models.</exception>
    public static LmEvalFolder Read(string folder)
    {
        var path = Find(folder) ?? throw new LlmKickException(
            $"'{folder}' has neither a results.json of llmkick nor a results_….json of lm-evaluation-harness: name the folder of a run.");
        var text = File.ReadAllText(path);
        try
        {
            return JsonNode.Parse(text) is JsonObject document && document["results"] is JsonObject ? new LmEvalFolder(path, document)
                : throw new LlmKickException($"'{path}' has no 'results', so that it is none of lm-evaluation-harness.");
        }
        catch (JsonException fault)
        {
            throw new LlmKickException($"'{path}' cannot be read. {JsonFault.Explain(text, fault)}", fault);
        }
    }

    /// <summary>The model's name, as far as the file tells it.</summary>
    public string Model => (document["model_name"] ?? document["model_name_sanitized"])?.ToString() is { Length: > 0 } name ? name
        : Path.GetFileName(Path.GetDirectoryName(path)!);

    /// <summary>The tasks that have samples, by name.</summary>
    public IReadOnlyList<string> Tasks => [.. document["results"]!.AsObject().Select(task => task.Key)
        .Where(task => SamplesOf(task) is not null).Order(StringComparer.Ordinal)];

    /// <summary>A task's metrics with their filters: of each filter the first.</summary>
    public IEnumerable<(string Metric, string Filter)> MainMetrics(string task) => Metrics(task).DistinctBy(key => key.Filter);

    /// <summary>A task's metrics under a filter besides one of them.</summary>
    public IEnumerable<string> OtherMetrics(string task, string metric, string filter) =>
        Metrics(task).Where(key => key.Filter == filter && key.Metric != metric).Select(key => key.Metric);

    /// <summary>A metric's value and standard error; each null where it is not told.</summary>
    public (double? Value, double? Error) Value(string task, string metric, string filter)
    {
        var result = document["results"]![task];
        return (Number(result?[$"{metric},{filter}"]), Number(result?[$"{metric}_stderr,{filter}"]));
    }

    /// <summary>Whether a metric is the better the higher it is.</summary>
    public bool IsHigherBetter(string task, string metric) => (document["higher_is_better"]?[task]?[metric]) is JsonValue told
        && told.TryGetValue<bool>(out var higher) ? higher
        : !metric.Contains("perplexity", StringComparison.Ordinal) && metric is not ("ter" or "brier_score" or "bits_per_byte");

    /// <summary>The samples of a task, by metric and filter. Their file is read once.</summary>
    /// <exception cref="LlmKickException">A line is damaged.</exception>
    public IReadOnlyDictionary<(string Metric, string Filter), List<LmEvalSample>> Samples(string task,
        IReadOnlyList<(string Metric, string Filter)> metrics)
    {
        var (file, number) = (SamplesOf(task)!, 0);
        var samples = metrics.ToDictionary(key => key, _ => new List<LmEvalSample>());
        foreach (var line in File.ReadLines(file))
        {
            number++;
            if (line.Length == 0)
                continue;
            try
            {
                using var json = JsonDocument.Parse(line);
                foreach (var (key, list) in samples)
                    if (LmEvalSample.Read(json.RootElement, key.Metric, key.Filter) is { } sample)
                        list.Add(sample);
            }
            catch (Exception fault) when (fault is JsonException or InvalidOperationException or FormatException or KeyNotFoundException)
            {
                throw new LlmKickException($"{file}:{number}: this is no sample of lm-evaluation-harness ({fault.Message.Split('.')[0]}); "
                    + $"write the folder again with --log_samples.", fault);
            }
        }
        return samples;
    }

    private IEnumerable<(string Metric, string Filter)> Metrics(string task) => (document["results"]![task] as JsonObject ?? [])
        .Select(entry => entry.Key.Split(',', 2)).Where(key => key.Length == 2 && !key[0].EndsWith("_stderr", StringComparison.Ordinal))
        .Select(key => (key[0], key[1]));

    private static double? Number(JsonNode? node) => node?.GetValueKind() == JsonValueKind.Number ? (double)node : null;

    private static string? Find(string folder)
    {
        if (!Directory.Exists(folder))
            return null;
        string[] folders = [folder, .. Directory.GetDirectories(folder).Order(StringComparer.Ordinal)];
        var having = folders.Where(one => Directory.EnumerateFiles(one, ResultsStart + "*.json").Any()).ToList();
        if (having.Count > 1 && having[0] != folder)
            throw new LlmKickException($"'{folder}' has results of several models "
                + $"({string.Join(", ", having.Select(Path.GetFileName))}): name "
                + $"the folder of one.");
        return having.Count == 0 ? null : Directory.GetFiles(having[0], ResultsStart + "*.json").Order(StringComparer.Ordinal).Last();
    }

    /// <summary>The samples beside the results: those of the same time, or else the newest.</summary>
    private string? SamplesOf(string task)
    {
        var folder = Path.GetDirectoryName(path)!;
        var same = Path.Combine(folder, $"{SamplesStart}{task}_{Path.GetFileNameWithoutExtension(path)[ResultsStart.Length..]}.jsonl");
        return File.Exists(same) ? same : Directory.GetFiles(folder, $"{SamplesStart}{task}_????-??-??T*.jsonl")
            .Order(StringComparer.Ordinal).LastOrDefault();
    }
}
