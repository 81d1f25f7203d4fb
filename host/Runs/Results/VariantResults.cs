using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using LlmKick.Runs.Records;

namespace LlmKick.Runs.Results;

/// <summary>What became of a variant.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Compressors">Its compressors, in order; none of an untouched model.</param>
/// <param name="Seed">Its seed.</param>
/// <param name="Dtype">What it computes in; null where it failed.</param>
/// <param name="Sparsity">Its zeros; null where it failed.</param>
/// <param name="Size">What it takes to store; null where it failed.</param>
/// <param name="Reading">How fast it reads; null where it was not measured, being computed as the untouched model is.</param>
/// <param name="Seconds">The time that compression and tasks took.</param>
/// <param name="Tasks">What was measured on it.</param>
/// <param name="Model">Its model, where it is not the run's.</param>
/// <param name="NonzeroRatio">Parameters that are not zero ÷ all of the run's own model; null where all variants are of one model.</param>
/// <param name="Coverage">How much of the linears was compressed; null where nothing was done to them.</param>
/// <param name="CalibrationData">Where its calibration data were too poor for what was asked of them; null where nowhere.</param>
/// <param name="Group">The name without its seed, where it is one of several that differ in nothing else; null where not.</param>
/// <param name="Calibration">What it says of its calibration data over what the recipe says, or null.</param>
/// <param name="ModelNotes">What was told of how its model was read.</param>
/// <param name="Saved">Its checkpoints.</param>
/// <param name="Error">Why it failed, or null.</param>
internal sealed record VariantResults(
    [property: JsonRequired] string Name, [property: JsonRequired] IReadOnlyList<CompressorResults> Compressors, int Seed, string? Dtype,
    SparsityResults? Sparsity, SizeRecord? Size, SpeedRecord? Reading, double Seconds,
    [property: JsonRequired, JsonConverter(typeof(NamedListConverter<TaskResults>))] IReadOnlyList<TaskResults> Tasks,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ModelResults? Model = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? NonzeroRatio = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] CoverageRecord? Coverage = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DataRecord? CalibrationData = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Group = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] CalibrationResults? Calibration = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? ModelNotes = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<SaveResults>? Saved = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Error = null)
{
    /// <summary>Where it comes from, which <see cref="RunResults.In"/> tells.</summary>
    [JsonIgnore]
    public VariantOrigin Origin { get; init; } = null!;

    /// <summary>Whether it is an untouched model.</summary>
    [JsonIgnore]
    public bool IsDense => Compressors.Count == 0;

    /// <summary>Its compressors with all options but the axis: what a curve is drawn of. One of another run that was made otherwise has
    /// that run's name too.</summary>
    [JsonIgnore]
    public string Method => string.Join(" + ", Compressors) + string.Concat((Calibration?.Options ?? [])
        .Select(option => $" {option.Key} {Path.GetFileName(option.Value?.ToString())}")) + Name[Origin.Name.Length..];

    /// <summary>Its compressors' names, without their options.</summary>
    [JsonIgnore]
    public string Compressor => IsDense ? "dense" : string.Join(" + ", Compressors.Select(one => one.Name));

    /// <summary>Tokens a second that it reads; null where that was not measured.</summary>
    [JsonIgnore]
    public double? TokensPerSecond => Reading?.Tokens / Reading?.Seconds;

    /// <summary>What tells it from other variants.</summary>
    [JsonIgnore]
    public string Definition => $"{Origin.Model} {Dtype} "
        + string.Join(' ', Compressors.Select(one => one.Name + one.Options.ToJsonString()))
        + $" {Seed} {(IsDense ? "" : Origin.Calibration)}";

    /// <summary>What became of a task on it, or null.</summary>
    public TaskResults? Find(string task) => Tasks.FirstOrDefault(one => one.Name == task);

    /// <summary>One of a task's metrics, or null.</summary>
    public MetricResults? Metric(string task, string metric) => Find(task)?.Metrics?.FirstOrDefault(one => one.Name == metric);
}

/// <summary>Shares of weights that are exactly zero.</summary>
/// <param name="PrunedMatrices">Of the matrices that were pruned; 0 where none was.</param>
/// <param name="AllParameters">Of all parameters, counting the zeros of pruned matrices alone.</param>
internal sealed record SparsityResults(double PrunedMatrices, double AllParameters);

/// <summary>What became of a checkpoint.</summary>
/// <param name="Format">Its format.</param>
/// <param name="Bytes">Bytes of all its files.</param>
/// <param name="Notes">What is not exactly as the model was measured.</param>
/// <param name="Error">Why it was not written, or null.</param>
internal sealed record SaveResults(string Format, long Bytes, IReadOnlyList<string> Notes, string? Error);

/// <summary>What a variant says of its calibration data over what the recipe says.</summary>
/// <param name="Options">The options as given.</param>
/// <param name="Hash">Hash of the text.</param>
internal sealed record CalibrationResults(JsonObject? Options, string? Hash);
