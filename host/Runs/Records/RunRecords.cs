using LlmKick.Runs.Plan;
using LlmKick.Storage;

namespace LlmKick.Runs.Records;

/// <summary>What a folder holds of a plan. A record of other facts than the plan's, or of numbers that cannot be, counts as
/// none.</summary>
/// <param name="folder">The run's folder.</param>
internal sealed class RunRecords(RunFolder folder)
{
    /// <summary>What became of a variant, or null.</summary>
    public VariantRecord? Of(VariantPlan variant) =>
        RunFile.TryReadJson<VariantRecord>(folder.VariantRecord(variant.Name)) is { } record
            && record.Fingerprint == variant.CompressionFingerprint ? record : null;

    /// <summary>What became of a task on a variant, or null.</summary>
    public TaskRecord? Of(VariantPlan variant, TaskPlan task) =>
        RunFile.TryReadJson<TaskRecord>(folder.TaskRecord(variant.Name, task.Name)) is { } record
            && record.Fingerprint == task.Fingerprint && record.Metrics.All(metric => metric.CanBe) ? record : null;

    /// <summary>Whether a task on a variant is done and all of its samples are still there.</summary>
    public bool IsDone(VariantPlan variant, TaskPlan task) =>
        Of(variant, task) is { Error: null, Samples: var count } && WholeLines.Count(folder.Samples(variant.Name, task.Name)) == count;

    /// <summary>Whether as much of a task on a variant is done as a selection leaves to do.</summary>
    public bool IsDone(VariantPlan variant, TaskPlan task, RunSelection selection) => IsDone(variant, task)
        || (selection.Shard is not null && Part(variant, task) is { } part
            && selection.Batches(variant.Name, task.Name, part.Batches).All(part.Done.Contains));

    /// <summary>Whether a task on an untouched variant is done, but what others are compared with was removed since.</summary>
    public bool LacksStates(VariantPlan variant, TaskPlan task) => Of(variant, task) is { HasStates: true }
        && !Directory.Exists(folder.States(variant.Name, task.Name));

    /// <summary>What a part of a run has of a task on a variant, or null.</summary>
    public TaskPart? Part(VariantPlan variant, TaskPlan task) =>
        RunFile.TryReadJson<TaskPart>(folder.Part(variant.Name, task.Name)) is { } part
            && part.Fingerprint == TaskPart.FingerprintOf(variant, task) ? part : null;

    /// <summary>What is remembered of a checkpoint, also of an older one of the same name; null for nothing.</summary>
    public SaveRecord? Read(SavePlan save) => RunFile.TryReadJson<SaveRecord>(folder.SaveRecord(save.Variant.Name, save.Spec.Name));

    /// <summary>What became of a checkpoint, or null.</summary>
    public SaveRecord? Of(SavePlan save) => Read(save) is { } record && record.Fingerprint == save.Fingerprint ? record : null;

    /// <summary>What became of a variant's checkpoints, by the names of their formats.</summary>
    public IReadOnlyList<(string Name, SaveRecord Record)> Saves(VariantPlan variant) =>
        [.. SavePlan.Of(variant, folder).Select(save => (save.Spec.Name, Record: Of(save)!)).Where(save => save.Record is not null)];

    /// <summary>Whether a checkpoint is written and still there.</summary>
    public bool IsDone(SavePlan save) => Of(save) is { Error: null } && Path.Exists(save.Path);

    /// <summary>Whether a variant is compressed and told of.</summary>
    public bool IsDone(VariantPlan variant) => Of(variant) is { Error: null } record && HasLayers(variant.Name, record.Layers);

    private bool HasLayers(string variant, int? lines) => lines is null
        ? !File.Exists(folder.Layers(variant)) || WholeLines.Count(folder.Layers(variant)) > 0
        : WholeLines.Count(folder.Layers(variant)) == lines;

    /// <summary>Whether anything that was to be done failed.</summary>
    public bool HasFailures(RunPlan plan, RunSelection selection) => plan.Variants.Any(variant =>
        variant.Tasks.Any(task => selection.Includes(variant.Name, task.Name)
            && (Of(variant)?.Error ?? Of(variant, task)?.Error) is not null)
        || (variant.Tasks.Any(task => selection.Includes(variant.Name, task.Name))
            && SavePlan.Of(variant, folder).Any(save => Of(save)?.Error is not null)));
}
