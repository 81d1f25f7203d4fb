using System.Text.Json;
using LlmKick.Sdk.Files;
using LlmKick.Storage;

namespace LlmKick.Plugins.Installation;

/// <summary>
/// Exchanges plugins' folders so that all are new or all are old, whenever the process ends: what is to be done is written down
/// first, the lock file last, and until the lock file is written everything can be put back.
/// </summary>
/// <param name="root">The plugin folder.</param>
internal sealed class InstallationJournal(string root)
{
    /// <summary>The folder in the plugin folder in which installations are prepared: on the same volume, so that a rename
    /// suffices.</summary>
    public const string StagingName = ".installing";

    private readonly string path = PathIn(root);

    private string Staging { get; } = Path.Combine(root, StagingName);

    /// <summary>Whether an exchange was cut short in a plugin folder, so that its plugins may be half new.</summary>
    public static bool IsOpen(string root) => File.Exists(PathIn(root));

    /// <summary>Where a new folder is prepared.</summary>
    public string New(string name) => Path.Combine(Staging, "new", name);

    /// <summary>Exchanges folders and writes the lock file.</summary>
    /// <param name="added">Names of folders that were prepared.</param>
    /// <param name="removed">Names of folders that go.</param>
    /// <param name="lockFile">The lock file's new content.</param>
    /// <exception cref="IOException">The folder cannot be changed; all is as it was.</exception>
    public void Exchange(IReadOnlyList<string> added, IReadOnlyList<string> removed, byte[] lockFile)
    {
        Write(path, JsonSerializer.SerializeToUtf8Bytes(new Record(added, removed, lockFile)));
        Failpoint.Pass("install-journal");
        try
        {
            foreach (var name in added.Concat(removed))
                Move(Installed(name), Old(name));
            Failpoint.Pass("install-old-aside");
            foreach (var name in added)
            {
                Move(New(name), Installed(name));
                Failpoint.Pass("install-new-placed");
            }
            Write(Path.Combine(root, PluginLock.FileName), lockFile);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            PutBack(new Record(added, removed, lockFile));
            throw;
        }
        Failpoint.Pass("install-locked");
        Clear();
    }

    /// <summary>Ends what a process that is gone began: kept where its lock file was written, put back where not.</summary>
    public void Recover()
    {
        if (File.Exists(path) && JsonSerializer.Deserialize<Record>(File.ReadAllBytes(path)) is { } record && !IsWritten(record))
            PutBack(record);
        Clear();
    }

    // The same version installed again has the same lock file: then the folders tell.
    private bool IsWritten(Record record)
    {
        var file = Path.Combine(root, PluginLock.FileName);
        return !record.Added.Any(name => Directory.Exists(New(name))) && File.Exists(file)
            && File.ReadAllBytes(file).AsSpan().SequenceEqual(record.LockFile);
    }

    private void PutBack(Record record)
    {
        foreach (var name in record.Added.Where(name => !Directory.Exists(New(name))))
            Move(Installed(name), New(name));
        foreach (var name in record.Added.Concat(record.Removed).Where(name => Directory.Exists(Old(name))))
            Move(Old(name), Installed(name));
    }

    // The record goes first: what is left without it means nothing.
    private void Clear()
    {
        if (!Directory.Exists(Staging))
            return;
        File.Delete(path);
        Directory.Delete(Staging, recursive: true);
    }

    private static void Move(string from, string to)
    {
        if (!Directory.Exists(from))
            return;
        Directory.CreateDirectory(Path.GetDirectoryName(to)!);
        Directory.Move(from, to);
    }

    private static void Write(string path, byte[] content)
    {
        using var file = new AtomicFile(path);
        file.Stream.Write(content);
        file.Commit();
    }

    private static string PathIn(string root) => Path.Combine(root, StagingName, "journal.json");

    private string Old(string name) => Path.Combine(Staging, "old", name);

    private string Installed(string name) => Path.Combine(root, name);

    private sealed record Record(IReadOnlyList<string> Added, IReadOnlyList<string> Removed, byte[] LockFile);
}
