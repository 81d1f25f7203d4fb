using System.Collections.Concurrent;
using System.Text.Json;
using LlmKick.Sdk;
using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Models;
using LlmKick.Sdk.Models.Scheduling;
using LlmKick.Transformers.Configuration;
using LlmKick.Transformers.Export;
using LlmKick.Transformers.Families;
using LlmKick.Transformers.Formats.Weights;
using LlmKick.Transformers.Hub;
using LlmKick.Transformers.Inspection;
using LlmKick.Transformers.Tokenization.Sources;
using LlmKick.Transformers.Weights;
using Microsoft.Extensions.Logging;
using TorchSharp;

namespace LlmKick.Transformers;

/// <summary>Loads decoder-only transformers.</summary>
internal sealed partial class TransformersLoader(TransformersOptions options) : IModelLoader
{
    /// <summary>Notes that stand in the log already: each variant of a run loads its model anew.</summary>
    private static readonly ConcurrentDictionary<(string Path, string Note), bool> Told = new();

    public ICheckpointSource Checkpoints => new CheckpointSource(Locate);

    public ModelIdentity Identify(CancellationToken cancellationToken)
    {
        var location = Locate();
        using var source = location.Open();
        var spec = SpecReader.Read(source);
        LayoutCheck.Require(spec, source);
        var generation = options.Generation == GenerationSource.Model
            && Directory.Exists(source.Path) ? GenerationConfig.Read(source.Path).Required(source.Path) : null;
        return new ModelIdentity(
            generation is null ? source.ContentHash() : FileDigest.OfTexts(source.ContentHash(), JsonSerializer.Serialize(generation)),
            LoadTokenizer(source, spec).Hash, location.Name, location.Files(), spec.ParameterCount, spec.BlockCount, spec.Context);
    }

    public ITokenizer LoadTokenizer()
    {
        using var source = Locate().Open();
        return TokenizerSource.Load(source);
    }

    public ModelContents Inspect(bool countZeros, CancellationToken cancellationToken) =>
        ModelInspection.Of(Locate().Path, countZeros, cancellationToken);

    public ILanguageModel Load(ModelLoadContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        var location = Locate();
        foreach (var file in location.Files())
            HubBlob.Check(file);
        var source = location.Open();
        try
        {
            var model = Load(location, source, SpecReader.Read(source), context, cancellationToken, out var isStreamed);
            if (!isStreamed)
                source.Dispose();
            return model;
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public long? HeldParameters(DataType dataType, torch.Device device)
    {
        using var source = Locate().Open();
        return HeldParameters(SpecReader.Read(source), options.Dtype ?? dataType, device);
    }

    /// <summary>The ends, the block that is computed with, and the one that is read ahead; null where all blocks are in memory.</summary>
    private long? HeldParameters(ModelSpec spec, DataType type, torch.Device device)
    {
        var bytes = spec.ParameterCount * (Resolve(type, device) == torch.ScalarType.Float32 ? sizeof(float) : sizeof(ushort));
        if (options.Weights == WeightPlace.Resident || (options.Weights == WeightPlace.Auto
            && (device.type != DeviceType.CPU || bytes <= MachineMemory.Bytes / 2)))
            return null;
        var blocks = spec.Parameters().Where(parameter => parameter.Block is not null).GroupBy(parameter => parameter.Block)
            .Select(block => block.Sum(parameter => parameter.Spec.Count)).ToList();
        return Math.Min(spec.ParameterCount, spec.ParameterCount - blocks.Sum() + (2 * blocks.Max()));
    }

    private LocalLanguageModel Load(ModelLocation location, IWeightSource source, ModelSpec spec, ModelLoadContext context,
        CancellationToken cancellationToken, out bool isStreamed)
    {
        var tokenizer = LoadTokenizer(source, spec);
        if (source.Remark is { } notice)
            Tell(context.Logger, notice);
        foreach (var remark in tokenizer.Remarks)
            Tell(context.Logger, remark);
        if (tokenizer.EndOfText.Count == 0)
            spec.Config.Note(TextEndNote.Of(tokenizer));
        var head = spec.Ends.HeadRows ?? spec.Vocabulary;
        if (head > tokenizer.VocabularySize)
            spec.Config.Note($"the head has {head} rows for {tokenizer.VocabularySize} tokens: those without one are never chosen, and "
                + "count in log-probabilities");
        var generation = Directory.Exists(source.Path) ? GenerationConfig.Read(source.Path) : null;
        if (generation is { Asked.Count: > 0 } && options.Generation == GenerationSource.Task)
            spec.Config.Note(
                $"generation_config.json asks for {string.Join(", ", generation.Asked)}, which is not applied (`generation: model` does)");
        var rules = options.Generation == GenerationSource.Model ? generation?.Required(source.Path) : null;
        var type = options.Dtype ?? context.DataType;
        var dtype = Resolve(type, context.Device);
        LayoutCheck.Require(spec, source);
        isStreamed = HeldParameters(spec, type, context.Device) is not null;
        var reader = new ModelReader(spec, source, context.Device, dtype);
        var model = isStreamed ? reader.Stream(context.ScratchFolder, source) : reader.Read(context.Progress, cancellationToken);
        model.KeyValues = options.KvBits is { } bits ? new KeyValueScheme(bits, options.KvGroupSize) : null;
        foreach (var note in spec.Config.Notes.Where(note => Told.TryAdd((location.Path, note), true)))
            Inform(context.Logger, location.Name, note);
        // For inspect, results and reports; a line of log for what is as it should be would be one too many.
        spec.Config.Note(TextEndNote.Of(tokenizer));
        return new LocalLanguageModel(Describe(location, spec, model.ParameterCount, dtype, context.Device), tokenizer, new Decoder(model),
            new BlockwiseModel(model), model) { Rules = rules };
    }

    private static ITokenizer LoadTokenizer(IWeightSource source, ModelSpec spec)
    {
        var tokenizer = TokenizerSource.Load(source);
        return tokenizer.VocabularySize <= spec.Vocabulary
            ? tokenizer
            : throw new LlmKickException($"'{source.Path}' has a tokenizer of {tokenizer.VocabularySize} tokens for a model that knows "
                + $"{spec.Vocabulary}; take the tokenizer that belongs to the model.");
    }

    [LoggerMessage(LogLevel.Warning, "{Remark}")]
    private static partial void Tell(ILogger logger, string remark);

    [LoggerMessage(LogLevel.Information, "{Model}: {Note}.")]
    private static partial void Inform(ILogger logger, string model, string note);

    private ModelLocation Locate() => ModelLocation.Find(options.Path, options.Adapter);

    private static ModelDescription Describe(ModelLocation location, ModelSpec spec, long parameterCount, torch.ScalarType dtype,
        torch.Device device) => new()
    {
        Name = location.Name,
        Architecture = spec.Family.Name,
        ParameterCount = parameterCount,
        VocabularySize = spec.Vocabulary,
        ContextLength = spec.Context,
        Notes = spec.Config.Notes.Count == 0 ? null : [.. spec.Config.Notes],
        DataType = dtype.ToString().ToLowerInvariant(),
        Device = device.type == DeviceType.CPU ? "cpu" : $"cuda:{Math.Max(device.index, 0)}",
    };

    private static torch.ScalarType Resolve(DataType type, torch.Device device) => type switch
    {
        DataType.Float32 => torch.ScalarType.Float32,
        DataType.Bfloat16 => torch.ScalarType.BFloat16,
        DataType.Float16 => torch.ScalarType.Float16,
        _ => device.type == DeviceType.CPU ? torch.ScalarType.Float32 : torch.ScalarType.BFloat16,
    };
}
