using LlmKick.Recipes;
using LlmKick.Sdk.Tasks;
using LlmKick.Storage;

namespace LlmKick.Runs.Plan;

/// <summary>A task on a variant with everything that decides its result.</summary>
/// <param name="Spec">The task.</param>
/// <param name="Fingerprint">Fingerprint of the variant, the task, its options and data.</param>
internal sealed record TaskPlan(TaskSpec Spec, string Fingerprint)
{
    /// <summary>Fingerprint of who judges; null where nobody does.</summary>
    public string? Judge { get; init; }

    /// <summary>The task's name.</summary>
    public string Name => Spec.Name;

    /// <summary>Makes the task's code.</summary>
    public ITask Create() => (ITask)Spec.Task.Component.Create(Spec.Task.Options);
}
