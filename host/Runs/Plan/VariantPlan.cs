using LlmKick.Recipes;
using LlmKick.Sdk.Models;
using LlmKick.Storage;

namespace LlmKick.Runs.Plan;

/// <summary>A variant with everything that decides its results.</summary>
/// <param name="Spec">The variant.</param>
/// <param name="Model">What its model is.</param>
/// <param name="StageFingerprints">For each compressor a fingerprint of what is kept of it: the weights after it, and the reports of
/// what it changed.</param>
/// <param name="Fingerprint">Fingerprint of the weights that tasks see.</param>
/// <param name="Tasks">What is measured on it.</param>
internal sealed record VariantPlan(VariantSpec Spec, ModelIdentity Model, IReadOnlyList<string> StageFingerprints, string Fingerprint,
    IReadOnlyList<TaskPlan> Tasks)
{
    /// <summary>The untouched variant of the same weights, which tasks may need the answers of; null for that variant itself, and where
    /// there is none.</summary>
    public VariantPlan? Reference { get; init; }

    /// <summary>Fingerprint of the whole compression: the weights and all reports.</summary>
    public string CompressionFingerprint => StageFingerprints.Count > 0 ? StageFingerprints[^1] : Fingerprint;

    /// <summary>The variant's name.</summary>
    public string Name => Spec.Name;

    /// <summary>Whether another variant's weights are the same before any compression.</summary>
    public bool HasWeightsOf(VariantPlan other) =>
        (Model.ContentHash, Model.TokenizerHash) == (other.Model.ContentHash, other.Model.TokenizerHash);

    /// <summary>The task of a name.</summary>
    public TaskPlan Task(string name) => Tasks.First(task => task.Name == name);

    /// <summary>Makes the loader of the variant's model.</summary>
    public IModelLoader CreateLoader() => (IModelLoader)Spec.Model.Component.Create(Spec.Model.Options);
}
