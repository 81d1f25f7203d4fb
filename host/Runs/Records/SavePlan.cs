using System.Text.Json;
using System.Text.Json.Nodes;
using LlmKick.Recipes;
using LlmKick.Runs.Plan;
using LlmKick.Sdk;
using LlmKick.Sdk.Checkpoints;
using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Models;
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
        return [.. variant.Spec.Saves.Select(spec => new SavePlan(variant, spec,
            spec.PathOf(variant.Name, folder.Checkpoints, WriterOf(variant, spec).Format.Extension)))];
    }

    /// <summary>The writer of its format.</summary>
    public ICheckpointWriter Writer => WriterOf(Variant, Spec);

    /// <summary>What writing it would come to, known before anything is compressed.</summary>
    public CheckpointForecast Forecast() => Forecast(Spec.KeepDense);

    /// <summary>The same where linears that the format cannot hold are stored dense, or are not.</summary>
    public CheckpointForecast Forecast(bool keepDense)
    {
        using var model = Foresee(Variant);
        return Writer.Forecast(model, Spec.Settings with { KeepDense = keepDense });
    }

    /// <summary>Writes it.</summary>
    public CheckpointResult Write(ILanguageModel model, IProgress<ProgressUpdate> progress, CancellationToken cancellationToken)
    {
        using var shown = Source(Variant)!.Of(model);
        return Writer.Write(shown, Spec.Settings, Path, progress, cancellationToken);
    }

    /// <summary>Shows a variant's model to formats; null where it cannot be written.</summary>
    public static ICheckpointSource? Source(VariantPlan variant) => variant.CreateLoader().Checkpoints;

    /// <summary>What a variant will be, as formats see it; null where that is not known before, or where it cannot be written.</summary>
    public static ICheckpointModel? Foresee(VariantPlan variant) => Source(variant)?.Foresee(place => Foresee(variant, place));

    private static ICheckpointWriter WriterOf(VariantPlan variant, SaveSpec spec) =>
        variant.Spec.Formats.First(writer => writer.Format.Name == spec.Format);

    /// <summary>What a variant's compressors will make of a linear; null where that is not known before.</summary>
    public static LinearForecast? Foresee(VariantPlan variant, LinearPlace place) => variant.Spec.Stages.Aggregate(
        (LinearForecast?)LinearForecast.Untouched,
        (before, stage) => before is null ? null : ((ICompressor)stage.Component.Create(stage.Options)).Foresee(place, before));
}
