using System.Text.Json.Serialization;
using LlmKick.Runs.Records;

namespace LlmKick.Runs.Results;

/// <summary>What became of a variant.</summary>
internal sealed record VariantResults
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Its compressors, in order; none of an untouched model.</summary>
    public required IReadOnlyList<CompressorResults> Compressors { get; init; }

    /// <summary>Its seed.</summary>
    public int Seed { get; init; }

    /// <summary>What it computes in; null where it failed.</summary>
    public string? Dtype { get; init; }

    /// <summary>Its zeros; null where it failed.</summary>
    public SparsityResults? Sparsity { get; init; }

    /// <summary>What it takes to store; null where it failed.</summary>
    public SizeRecord? Size { get; init; }

    /// <summary>How fast it reads; null where it was not measured, being computed as the untouched model is.</summary>
    public SpeedRecord? Reading { get; init; }

    /// <summary>The time that compression and tasks took.</summary>
    public double Seconds { get; init; }

    /// <summary>What was measured on it.</summary>
    [JsonConverter(typeof(NamedListConverter<TaskResults>))]
    public required IReadOnlyList<TaskResults> Tasks { get; init; }

    /// <summary>Its model, where it is not the run's.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ModelResults? Model { get; init; }

    /// <summary>How many times as many parameters are not zero as all of the run's own model; null where all variants are of one
    /// model.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? NonzeroRatio { get; init; }

    /// <summary>How much of the linears was compressed; null where nothing was done to them.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public CoverageRecord? Coverage { get; init; }

    /// <summary>Where its calibration data were too poor for what was asked of them; null where nowhere.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DataRecord? CalibrationData { get; init; }

    /// <summary>The name without its seed, where it is one of several that differ in nothing else; null where not.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Group { get; init; }

    /// <summary>What it says of its calibration data over what the recipe says, or null.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public CalibrationResults? Calibration { get; init; }

    /// <summary>What was told of how its model was read.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? ModelNotes { get; init; }

    /// <summary>Its checkpoints.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<SaveResults>? Saved { get; init; }

    /// <summary>Why it failed, or null.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Error { get; init; }

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
