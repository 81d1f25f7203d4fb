using LlmKick.Sdk;
using LlmKick.Sdk.Checkpoints;
using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Files;
using LlmKick.Sdk.Models;
using LlmKick.Sdk.Options;
using LlmKick.Transformers.Export.Folders;
using LlmKick.Transformers.Export.Gguf;
using LlmKick.Transformers.Weights;

namespace LlmKick.Transformers.Export;

/// <summary>Writes models in the formats of a table.</summary>
/// <param name="locate">Finds the model's files.</param>
internal sealed class CheckpointWriter(Func<ModelLocation> locate) : ICheckpointWriter
{
    private static readonly IExportForm[] Forms =
    [
        new FolderForm(new DenseLinears()),
        new FolderForm(new GptqLinears(version2: false)),
        new FolderForm(new GptqLinears(version2: true)),
        new FolderForm(new AwqLinears()),
        new FolderForm(new PackedLinears()),
        new FolderForm(new ByteLinears(isFloat: false)),
        new FolderForm(new ByteLinears(isFloat: true)),
        new FolderForm(new MaskedLinears()),
        new GgufForm(),
    ];

    public IReadOnlyList<CheckpointFormat> Formats { get; } = [.. Forms.Select(form => form.Format)];

    public CheckpointForecast Forecast(CheckpointSettings settings, Func<LinearPlace, LinearForecast?> linears)
    {
        var form = Find(ref settings);
        var location = locate();
        using var source = location.Open();
        if (ExportedModel.Foreseen(location.Name, SpecReader.Read(source), source, linears) is not { } model)
            return new CheckpointForecast(null, []);
        var draft = form.Draft(model, settings);
        return new CheckpointForecast(draft.Faults.Count > 0 ? null : draft.Bytes, draft.Faults) { Notes = draft.Notes };
    }

    public CheckpointResult Write(ILanguageModel model, CheckpointSettings settings, string path, IProgress<ProgressUpdate>? progress,
        CancellationToken cancellationToken)
    {
        var form = Find(ref settings);
        var location = locate();
        using var source = location.Open();
        var blocks = model.Transformer as BlockwiseModel ?? throw new ArgumentException("The model is another loader's.", nameof(model));
        var draft = form.Draft(ExportedModel.Loaded(location.Name, blocks.Model, source), settings);
        if (draft.Faults.Count > 0)
            throw new LlmKickException($"The format {form.Format.Name} cannot hold the model as it is: {string.Join("; ", draft.Faults)}.");
        var count = 0;
        void Written()
        {
            cancellationToken.ThrowIfCancellationRequested();
            progress?.Report(new ProgressUpdate("save", ++count, draft.TensorCount, "tensor"));
        }
        if (form.Format.Extension is null)
            WriteFolder(path, draft, Written);
        else
            WriteFile(path, draft.Files.Single(), Written);
        return new CheckpointResult(draft.Bytes, blocks.KeyValues is null ? draft.Notes
            : [.. draft.Notes, "keys and values were rounded when it was measured, which no file says: tell the program that loads it"]);
    }

    private static void WriteFolder(string path, ExportDraft draft, Action written)
    {
        using var folder = new AtomicFolder(path);
        foreach (var file in draft.Files)
            folder.Write(file.Name, stream => file.Write(stream, written));
        folder.Commit();
    }

    private static void WriteFile(string path, DraftFile draft, Action written)
    {
        using var file = new AtomicFile(path);
        draft.Write(file.Stream, written);
        file.Commit();
    }

    private static IExportForm Find(ref CheckpointSettings settings)
    {
        var (name, type) = (settings.Format, settings.Type);
        var form = Array.Find(Forms, row => row.Format.Name == name)
            ?? throw new LlmKickException(
                $"'{name}' is not a format that can be written{Hint(name, Forms.Select(row => row.Format.Name))}");
        var types = form.Format.Types;
        type ??= types.Count > 0 ? types[0] : null;
        if (type is not null && !types.Contains(type, StringComparer.OrdinalIgnoreCase))
            throw new LlmKickException($"'{type}' is not a type of the format "
                + $"{name}{(types.Count > 0 ? Hint(type, types) : ", which leaves no choice: leave 'type' out.")}");
        settings = settings with { Type = types.FirstOrDefault(known => known.Equals(type, StringComparison.OrdinalIgnoreCase)) };
        return form;
    }

    private static string Hint(string given, IEnumerable<string> known) =>
        $"{NearestName.Question(given, known)} There are: {string.Join(", ", known)}.";
}
