using System.Text.Json.Nodes;
using LlmKick.Runs.Records;

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

    /// <summary>Its compressors with all options but the sparsity: what a curve is drawn of. One of another run that was made otherwise has
    /// that run's name too.</summary>
    public string Method => string.Join(" + ", Compressors.Select(one =>
        string.Join(' ', Options(one!["options"]!.AsObject()).Prepend((string)one["name"]!)))) + OwnCalibration + Name[OwnName.Length..];

    /// <summary>The name without its seed, where it is one of several that differ in nothing else; null where not.</summary>
    public string? Group => (string?)Node["group"] is { } group ? group + Name[OwnName.Length..] : null;

    /// <summary>Its compressors' names, without their options.</summary>
    public string Compressor => IsDense ? "dense" : string.Join(" + ", Compressors.Select(one => (string)one!["name"]!));

    /// <summary>Share of zeros of the matrices that were pruned; null where it failed.</summary>
    public double? Sparsity => (double?)Node["sparsity"]?["pruned_matrices"];

    /// <summary>Share of zeros of all parameters; null where it failed.</summary>
    public double? SparsityOfAll => (double?)Node["sparsity"]?["all_parameters"];

    /// <summary>Bits a weight of the compressed matrices, all that must be stored counted; null where it failed.</summary>
    public double? BitsPerWeight => (double?)Node["size"]?["bits_per_weight"];

    /// <summary>Bytes of all its parameters; null where it failed.</summary>
    public long? Bytes => (long?)Node["size"]?["bytes"];

    /// <summary>Bytes of its model's parameters before compression; null where it failed.</summary>
    public long? DenseBytes => (long?)Node["size"]?["dense_bytes"];

    /// <summary>Parameters that pruning has left; null where it failed.</summary>
    public long? NonZeros => (long?)Node["size"]?["non_zeros"];

    /// <summary>Bytes on disk by format, of the formats that hold it as it is.</summary>
    public IReadOnlyDictionary<string, long> OnDisk => Node["size"]?["on_disk"]?.AsObject()
        .ToDictionary(format => format.Key, format => (long)format.Value!) ?? [];

    /// <summary>Tokens a second that it reads; null where it was not measured, being computed as the untouched model is.</summary>
    public double? TokensPerSecond => (double?)Node["reading"]?["tokens"] / (double?)Node["reading"]?["seconds"];

    /// <summary>Where its form is faster than the dense model; null where it failed.</summary>
    public string? Speed => (string?)Node["size"]?["speed"];

    /// <summary>How many times as many those are as all of the run's own model; null where all variants are of one model.</summary>
    public double? NonzeroRatio => (double?)Node["nonzero_ratio"];

    /// <summary>How much of the linears was compressed; null where nothing was done to them.</summary>
    public CoverageRecord? Coverage => CoverageRecord.Read(Node["coverage"]);

    /// <summary>Where its calibration data were too poor for what was asked of them; null where nowhere.</summary>
    public DataRecord? Data => DataRecord.Read(Node["calibration_data"]);

    /// <summary>Why it failed, or null.</summary>
    public string? Error => (string?)Node["error"];

    /// <summary>What tells it from other variants.</summary>
    public string Definition => $"{Model} {Node["dtype"]} {Compressors.ToJsonString()} {Node["seed"]} {(IsDense ? "" : Calibration)}";

    private string OwnCalibration => string.Concat(Node["calibration"]?["options"]?.AsObject()
        .Select(option => $" {option.Key} {Path.GetFileName(option.Value?.ToString())}") ?? []);

    private JsonArray Compressors => Node["compressors"]!.AsArray();

    /// <summary>Why a task failed on it, or null.</summary>
    public string? ErrorOf(string task) => (string?)Node["tasks"]![task]?["error"];

    /// <summary>A task's metrics, groups included; none where it was not measured.</summary>
    public IEnumerable<MetricRecord> Metrics(string task) => Node["tasks"]![task]?["metrics"]?.AsObject().Select(metric => new MetricRecord(
        metric.Key, Number(metric.Value!["value"]), (int)metric.Value["n"]!, Number(metric.Value["low"]), Number(metric.Value["high"]),
        null)) ?? [];

    /// <summary>One of a task's metrics, or null.</summary>
    public MetricRecord? Metric(string task, string metric) => Metrics(task).FirstOrDefault(one => one.Name == metric);

    /// <summary>Every value that is read of it.</summary>
    /// <exception cref="InvalidOperationException">One is of another kind than it must be.</exception>
    public IReadOnlyList<object?> Values(IEnumerable<StoredTask> tasks) =>
    [
        OwnName, Method, Definition, Group, Sparsity, SparsityOfAll, BitsPerWeight, Bytes, DenseBytes, NonZeros, OnDisk, TokensPerSecond,
        Speed, NonzeroRatio, Coverage, Data, Error,
        .. tasks.SelectMany(task => Metrics(task.Name).Cast<object?>().Append(ErrorOf(task.Name))),
    ];

    private static double Number(JsonNode? node) => node is null ? double.NaN : (double)node;

    private static IEnumerable<string> Options(JsonObject options) =>
        options.Where(option => option.Key != "sparsity").Select(option => option.Value?.ToString() ?? "none");
}
