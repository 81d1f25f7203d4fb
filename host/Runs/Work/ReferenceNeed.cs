using LlmKick.Runs.Plan;
using LlmKick.Runs.Records;
using LlmKick.Sdk;

namespace LlmKick.Runs.Work;

/// <summary>Sees to it that the dense variant's answers are there before a task that needs them is done on another variant.</summary>
/// <param name="records">What the run's folder holds.</param>
internal sealed class ReferenceNeed(RunRecords records)
{
    /// <summary>The dense variant whose answers a task needs on a variant; null where it needs none.</summary>
    public static VariantPlan? Of(VariantPlan variant, TaskPlan task) => (variant.Spec.Stages.Count == 0 && variant.Reference is null)
        || !task.Create().NeedsReference
        ? null
        : variant.Reference ?? throw new LlmKickException($"{task.Name} compares with the answers of the untouched model, and the recipe "
            + $"has no variant 'dense' of the model that '{variant.Name}' starts from: add one.");

    /// <summary>Refuses work whose reference is neither there nor to be made.</summary>
    /// <exception cref="LlmKickException">It is refused.</exception>
    public void Require(VariantPlan variant, TaskPlan task, RunSelection selection)
    {
        if (Of(variant, task) is { } dense && (!records.IsDone(dense, dense.Task(task.Name))
            || records.LacksStates(dense, dense.Task(task.Name))) && !selection.Includes(dense.Name, task.Name))
            throw new LlmKickException($"'{variant.Name}/{task.Name}' compares with the answers of '{dense.Name}', which are not stored "
                + $"yet: run with --only {dense.Name}/{task.Name} first, or without --only.");
    }

    /// <summary>Refuses a task whose reference could not be made.</summary>
    /// <exception cref="LlmKickException">It is refused.</exception>
    public VariantPlan? Find(VariantPlan variant, TaskPlan task)
    {
        if (Of(variant, task) is { } dense && !records.IsDone(dense, dense.Task(task.Name)))
            throw new LlmKickException(
                $"It compares with the answers of '{dense.Name}', and '{dense.Name}/{task.Name}' failed: see there.");
        return Of(variant, task);
    }
}
