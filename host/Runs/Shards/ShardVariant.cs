using LlmKick.Runs.Plan;
using LlmKick.Sdk.Models;
using LlmKick.Storage;

namespace LlmKick.Runs.Shards;

/// <summary>A variant as a part's plan had it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Group">Its name without the seed, or null.</param>
/// <param name="Model">What its model is.</param>
/// <param name="Stages">Fingerprints of its compressors' work.</param>
/// <param name="Fingerprint">Fingerprint of its weights.</param>
/// <param name="Tasks">Fingerprints of its tasks.</param>
internal sealed record ShardVariant(string Name, string? Group, ModelIdentity Model, IReadOnlyList<string> Stages, string Fingerprint,
    IReadOnlyDictionary<string, string> Tasks)
{
    /// <summary>A variant of a plan.</summary>
    public static ShardVariant Of(VariantPlan variant) =>
        new(variant.Name, variant.Spec.Group, variant.Model with { Files = [] }, variant.StageFingerprints, variant.Fingerprint,
            variant.Tasks.ToDictionary(task => task.Name, task => task.Fingerprint));
}
