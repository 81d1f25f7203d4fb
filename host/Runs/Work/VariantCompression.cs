using LlmKick.Recipes;
using LlmKick.Runs.Plan;
using LlmKick.Runs.Records;
using LlmKick.Runs.Saving;
using LlmKick.Sdk;
using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Models;
using LlmKick.Storage;

namespace LlmKick.Runs.Work;

/// <summary>Compresses a loaded model as a variant says, going on where an earlier process stopped. Runs on the compute thread.</summary>
/// <param name="services">What it works with.</param>
/// <param name="variant">The variant.</param>
/// <param name="calibration">Calibration data of all variants.</param>
internal sealed class VariantCompression(RunServices services, VariantPlan variant, CalibrationData calibration)
{
    private readonly List<LayerRecord> layers = [];

    /// <summary>Whether the variant is computed otherwise than an untouched model: with integers.</summary>
    public bool ComputesWithIntegers => layers.Exists(layer => layer.Report.Encoding is QuantizedEncoding { Activations: not null });

    /// <summary>Compresses the model.</summary>
    /// <returns>What is kept of it.</returns>
    public VariantRecord Run(ILanguageModel model, CancellationToken cancellationToken)
    {
        var loaded = LoadedLinears.Of(model.Transformer);
        var seconds = variant.Spec.Stages.Index().Sum(stage => Run(stage.Index, stage.Item, model, cancellationToken));
        if (services.Records.Of(variant) is null)
            RunFile.Delete(services.Folder.VariantRecord(variant.Name));
        if (layers.Count > 0)
            RunFile.WriteLines(services.Folder.Layers(variant.Name), layers.Select(layer => layer.ToJson()));
        var (reports, parameters) = (loaded.Concat(layers.Select(layer => layer.Report)).ToList(), model.Description.ParameterCount);
        return new VariantRecord(variant.CompressionFingerprint, seconds, SparsityRecord.Of(reports),
            SizeRecord.Of(reports, parameters) with { OnDisk = FormatSizes.Of(variant, services.Logger) }, model.Description)
        {
            Coverage = CoverageRecord.Of(layers.Select(layer => layer.Report)),
            Data = DataRecord.Of(layers),
            Layers = layers.Count > 0 ? layers.Count : null,
        };
    }

    private double Run(int index, ComponentUse stage, ILanguageModel model, CancellationToken cancellationToken)
    {
        var transformer = model.Transformer
            ?? throw new LlmKickException($"'{stage.Component.Name}' changes weights, and those of '{model.Description.Name}' cannot be "
                + $"reached: give a model that is loaded here.");
        var compressor = (ICompressor)stage.Component.Create(stage.Options);
        var store = new BlockStore(services.Folder.Blocks(variant.Name, index), variant.StageFingerprints[index]);
        compressor.Compress(transformer, new CompressionContext
        {
            Calibration = calibration.For(variant.Spec.Calibration, stage, model.Tokenizer, model.Description.ContextLength),
            Experts = variant.Spec.Calibration?.Experts ?? new ExpertCalibration(),
            Seed = variant.Spec.Seed,
            Store = store,
            SpillFolder = services.Folder.Root,
            Report = report =>
            {
                StoredKinds.Require(report.Encoding);
                layers.Add(new LayerRecord(stage.Component.Name, report));
            },
            Progress = new VariantProgress(services.Display, variant.Name),
            Logger = services.Logger,
            CancellationToken = cancellationToken,
        });
        return store.Seconds;
    }
}
