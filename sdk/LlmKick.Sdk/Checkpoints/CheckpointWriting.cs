using LlmKick.Sdk.Files;
using LlmKick.Sdk.Options;

namespace LlmKick.Sdk.Checkpoints;

/// <summary>Writes what formats lay out.</summary>
public static class CheckpointWriting
{
    /// <summary>Finds out what writing would come to.</summary>
    /// <param name="writer">The format's writer.</param>
    /// <param name="model">The model, loaded or foreseen; null where it is not known what it will be.</param>
    /// <param name="settings">How it is to be written.</param>
    /// <exception cref="LlmKickException">The settings name no type of the format, or the format failed.</exception>
    public static CheckpointForecast Forecast(this ICheckpointWriter writer, ICheckpointModel? model, CheckpointSettings settings)
    {
        settings = Resolve(writer, settings);
        if (model is null)
            return new CheckpointForecast(null, []);
        var draft = Draft(writer, model, settings);
        return new CheckpointForecast(draft.Faults.Count > 0 ? null : draft.Bytes, draft.Faults)
        {
            Notes = [.. draft.Notes, .. model.Notes],
        };
    }

    /// <summary>Writes a model. Nothing is seen at the path before all is written.</summary>
    /// <param name="writer">The format's writer.</param>
    /// <param name="model">The model, loaded.</param>
    /// <param name="settings">How it is written.</param>
    /// <param name="path">The file or folder to be; what lies there is replaced.</param>
    /// <param name="progress">Told after each tensor, or null.</param>
    /// <param name="cancellationToken">Stops between tensors; nothing is left then.</param>
    /// <exception cref="LlmKickException">The format cannot hold the model (the message has every reason), or it failed.</exception>
    /// <exception cref="IOException">The disk is full or cannot be written.</exception>
    public static CheckpointResult Write(this ICheckpointWriter writer, ICheckpointModel model, CheckpointSettings settings, string path,
        IProgress<ProgressUpdate>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(model);
        var draft = Draft(writer, model, Resolve(writer, settings));
        if (draft.Faults.Count > 0)
            throw new LlmKickException(
                $"The format {writer.Format.Name} cannot hold the model as it is: {string.Join("; ", draft.Faults)}.");
        var count = 0;
        void Written()
        {
            cancellationToken.ThrowIfCancellationRequested();
            progress?.Report(new ProgressUpdate("save", ++count, draft.TensorCount, "tensor"));
        }
        if (writer.Format.Extension is null)
            WriteFolder(path, draft.Files, (file, stream) => WriteFile(writer, file, stream, Written));
        else
            WriteAlone(path, stream => WriteFile(writer, draft.Files.Single(), stream, Written));
        return new CheckpointResult(draft.Bytes, [.. draft.Notes, .. model.Notes]);
    }

    private static void WriteFolder(string path, IReadOnlyList<CheckpointFile> files, Action<CheckpointFile, Stream> write)
    {
        using var folder = new AtomicFolder(path);
        foreach (var file in files)
            folder.Write(file.Name, stream => write(file, stream));
        folder.Commit();
    }

    private static void WriteAlone(string path, Action<Stream> write)
    {
        using var file = new AtomicFile(path);
        write(file.Stream);
        file.Commit();
    }

    /// <summary>A size that was foretold wrongly is a mistake of the format, which sizes in plans and reports rest on.</summary>
    private static void WriteFile(ICheckpointWriter writer, CheckpointFile file, Stream stream, Action written)
    {
        file.Write(stream, written);
        if (stream.Length != file.Length)
            throw new LlmKickException($"The format {writer.Format.Name} foretold {file.Length} bytes of '{file.Name}' and wrote "
                + $"{stream.Length}: tell its author.");
    }

    private static CheckpointDraft Draft(ICheckpointWriter writer, ICheckpointModel model, CheckpointSettings settings)
    {
        CheckpointDraft draft;
        try
        {
            draft = writer.Draft(model, settings);
        }
        catch (Exception failure) when (failure is not (LlmKickException or IOException or OperationCanceledException))
        {
            throw new LlmKickException(
                $"The format {writer.Format.Name} failed on '{model.Name}': {failure.GetType().Name}: {failure.Message}", failure);
        }
        return draft.Faults.Count > 0 || Fault(writer.Format, draft.Files) is not { } fault ? draft
            : throw new LlmKickException($"The format {writer.Format.Name} {fault}: tell its author.");
    }

    private static string? Fault(CheckpointFormat format, IReadOnlyList<CheckpointFile> files)
    {
        if (format.Extension is not null)
            return files.Count == 1 ? null : $"is one file ({format.Extension}) and wants to write {files.Count}";
        return files.FirstOrDefault(file => file.Name != Path.GetFileName(file.Name) || file.Name is "" or "." or "..") is { } astray
            ? $"wants to write '{astray.Name}', which is no name of a file" : null;
    }

    private static CheckpointSettings Resolve(ICheckpointWriter writer, CheckpointSettings settings)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(settings);
        var (name, types) = (writer.Format.Name, writer.Format.Types);
        var type = settings.Type ?? (types.Count > 0 ? types[0] : null);
        var known = types.FirstOrDefault(one => one.Equals(type, StringComparison.OrdinalIgnoreCase));
        if (type is not null && known is null)
            throw new LlmKickException($"'{type}' is not a type of the format {name}" + (types.Count == 0
                ? ", which leaves no choice: leave 'type' out."
                : $"{NearestName.Question(type, types)} There are: {string.Join(", ", types)}."));
        return settings with { Format = name, Type = known };
    }
}
