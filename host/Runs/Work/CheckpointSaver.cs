using LlmKick.Runs.Records;
using LlmKick.Sdk;
using LlmKick.Sdk.Models;
using LlmKick.Storage;
using LlmKick.Terminals;

namespace LlmKick.Runs.Work;

/// <summary>Writes a compressed model as files for other programs. Runs on the compute thread.</summary>
/// <param name="services">What it works with.</param>
internal sealed class CheckpointSaver(RunServices services)
{
    /// <summary>Refuses what no format can hold, before anything is compressed for it.</summary>
    /// <exception cref="LlmKickException">Something is refused: the message has every reason.</exception>
    public static void RequireFit(IEnumerable<SavePlan> saves)
    {
        var refused = saves.Select(save => (Save: save, save.Forecast().Faults)).Where(row => row.Faults.Count > 0).ToList();
        if (refused.Count == 0)
            return;
        var sentences = refused.Select(row =>
            $"'{row.Save.Variant.Name}' cannot be saved as {row.Save.Spec.Name}: {string.Join("; ", row.Faults)}");
        throw new LlmKickException($"{string.Join(". ", sentences)}. "
            + (refused.Exists(row => row.Save.Forecast(keepDense: true).Faults.Count == 0)
                ? "Choose another format, change the variant, or keep such linears dense with 'keep_dense: true' (--keep-dense)."
                : "Choose another format, or change the variant."));
    }

    /// <summary>Writes a checkpoint and remembers it.</summary>
    public SaveRecord Save(SavePlan save, ILanguageModel model, CancellationToken cancellationToken)
    {
        RequireOwn(save);
        var result = StorageException.Guard(save.Path,
            () => save.Write(model, new VariantProgress(services.Display, save.Variant.Name), cancellationToken));
        var record = new SaveRecord(save.Fingerprint, save.Path, result.Bytes, result.Notes);
        RunFile.WriteJson(services.Folder.SaveRecord(save.Variant.Name, save.Spec.Name), record, RunJson.Line);
        services.Display.Note($"{save.Variant.Name} is saved as {save.Spec.Name}: '{save.Path}' ({ByteCount.OnDisk(result.Bytes)}).");
        foreach (var note in result.Notes)
            services.Display.Note($"{save.Variant.Name}, {save.Spec.Name}: {note}.");
        return record;
    }

    /// <summary>What lies there is replaced only if it was written for this variant.</summary>
    private void RequireOwn(SavePlan save)
    {
        var isThere = File.Exists(save.Path) || (Directory.Exists(save.Path) && Directory.EnumerateFileSystemEntries(save.Path).Any());
        if (isThere && services.Records.Read(save)?.Path != save.Path)
            throw new LlmKickException(
                $"'{save.Path}' is there already, and this run did not write it: remove it, or save to another path.");
    }
}
