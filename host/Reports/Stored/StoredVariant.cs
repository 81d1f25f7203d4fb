using System.Text.Json.Nodes;
using LlmKick.Runs;

namespace LlmKick.Reports.Stored;

/// <summary>A variant as a run's results tell of it.</summary>
/// <param name="Name">Its name in the report.</param>
/// <param name="Folder">Where its run is kept.</param>
/// <param name="Node">What the results say of it.</param>
/// <param name="Model">Hash of the model it starts from.</param>
/// <param name="Calibration">What the calibration data of its run are.</param>
internal sealed record StoredVariant(string Name, RunFolder Folder, JsonObject Node, string Model, string Calibration)
{
    /// <summary>Its name in its own run.</summary>
    public string OwnName => (string)Node["name"]!;

    /// <summary>Whether it is an untouched model.</summary>
    public bool IsDense => Compressors.Count == 0;

    /// <summary>Its compressors with all options but the sparsity: what a curve is drawn of. One of another run that was made otherwise has that run's name too.</summary>
    public string Method => string.Join(" + ", Compressors.Select(one => string.Join(' ', Options(one!["options"]!.AsObject()).Prepend((string)one["name"]!)))) + OwnCalibration + Name[OwnName.Length..];

    /// <summary>The name without its seed, where it is one of several that differ in nothing else; null where not.</summary>
    public string? Group => (string?)Node["group"] is { } group ? group + Name[OwnName.Length..] : null;

    /// <summary>Share of zeros of the matrices that were pruned; null where it failed.</summary>
    public double? Sparsity => (double?)Node["sparsity"]?["pruned_matrices"];

    /// <summary>Share of zeros of all parameters; null where it failed.</summary>
    public double? SparsityOfAll => (double?)Node["sparsity"]?["all_parameters"];

    /// <summary>Parameters that are not zero; null where that is not known.</summary>
    public long? Nonzeros => (long?)Node["nonzero_parameters"];

    /// <summary>How many times as many those are as all of the run's own model; null where all variants are of one model.</summary>
    public double? NonzeroRatio => (double?)Node["nonzero_ratio"];

    /// <summary>Why it failed, or null.</summary>
    public string? Error => (string?)Node["error"];

    /// <summary>What tells it from other variants.</summary>
    public string Definition => $"{Model} {Node["dtype"]} {Compressors.ToJsonString()} {Node["seed"]} {(IsDense ? "" : Calibration)}";

    private string OwnCalibration => string.Concat(Node["calibration"]?["options"]?.AsObject().Select(option => $" {option.Key} {Path.GetFileName(option.Value?.ToString())}") ?? []);

    private JsonArray Compressors => Node["compressors"]!.AsArray();

    /// <summary>Why a task failed on it, or null.</summary>
    public string? ErrorOf(string task) => (string?)Node["tasks"]![task]?["error"];

    /// <summary>A task's metrics, groups included; none where it was not measured.</summary>
    public IEnumerable<MetricRecord> Metrics(string task) => Node["tasks"]![task]?["metrics"]?.AsObject().Select(metric => new MetricRecord(
        metric.Key, Number(metric.Value!["value"]), (int)metric.Value["n"]!, Number(metric.Value["low"]), Number(metric.Value["high"]), null)) ?? [];

    /// <summary>One of a task's metrics, or null.</summary>
    public MetricRecord? Metric(string task, string metric) => Metrics(task).FirstOrDefault(one => one.Name == metric);

    private static double Number(JsonNode? node) => node is null ? double.NaN : (double)node;

    private static IEnumerable<string> Options(JsonObject options) =>
        options.Where(option => option.Key != "sparsity").Select(option => option.Value?.ToString() ?? "none");
}
