using System.Text.Json;
using System.Text.Json.Nodes;
using LlmKick.Recipes;
using LlmKick.Runs.Plan;
using LlmKick.Sdk.Checkpoints;
using LlmKick.Sdk.Models;
using LlmKick.Sdk.Compression;
using LlmKick.Storage;

namespace LlmKick.Runs.Records;

/// <summary>A checkpoint of a variant that is asked for.</summary>
/// <param name="Variant">The variant.</param>
/// <param name="Spec">How it is written.</param>
/// <param name="Path">Where, absolute.</param>
internal sealed record SavePlan(VariantPlan Variant, SaveSpec Spec, string Path)
{
    /// <summary>Fingerprint of all that decides its content and place.</summary>
    public string Fingerprint { get; } = Storage.Fingerprint.Of(new JsonObject
    {
        ["weights"] = Variant.Fingerprint,
        ["save"] = JsonSerializer.SerializeToNode(Spec.Settings),
        ["path"] = Path,
    });

    /// <summary>What a variant's recipe asks to be saved.</summary>
    public static IReadOnlyList<SavePlan> Of(VariantPlan variant, RunFolder folder)
    {
        if (variant.Spec.Saves.Count == 0)
            return [];
        var formats = Writer(variant).Formats;
        return [.. variant.Spec.Saves.Select(spec => new SavePlan(variant, spec,
            spec.PathOf(variant.Name, folder.Checkpoints, formats.First(format => format.Name == spec.Format).Extension)))];
    }

    /// <summary>What writing it would come to, known before anything is compressed.</summary>
    public CheckpointForecast Forecast() => Writer(Variant).Forecast(Spec.Settings, place => Foresee(Variant, place));

    /// <summary>The writer of a variant's model.</summary>
    public static ICheckpointWriter Writer(VariantPlan variant) => variant.CreateLoader().Checkpoints
        ?? throw new Sdk.LlmKickException($"Models of '{variant.Spec.Model.Component.Name}' cannot be written as files.");

    /// <summary>What a variant's compressors will make of a linear; null where that is not known before.</summary>
    public static LinearForecast? Foresee(VariantPlan variant, LinearPlace place) => variant.Spec.Stages.Aggregate(
        (LinearForecast?)LinearForecast.Untouched,
        (before, stage) => before is null ? null : ((ICompressor)stage.Component.Create(stage.Options)).Foresee(place, before));
}
