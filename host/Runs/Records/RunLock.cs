using System.Globalization;
using LlmKick.Sdk;
using LlmKick.Sdk.Files;
using LlmKick.Storage;

namespace LlmKick.Runs.Records;

/// <summary>Holds a run's folder for one process. The system lets go of it when the process ends, however it ends.</summary>
internal sealed class RunLock : IDisposable
{
    // ERROR_SHARING_VIOLATION as an HRESULT.
    private const int WindowsSharingViolation = unchecked((int)0x80070020);

    private readonly FileStream file;
    private readonly string owner;
    private readonly IReadOnlyList<string> made;

    private RunLock(FileStream file, string owner, IReadOnlyList<string> made) => (this.file, this.owner, this.made) = (file, owner, made);

    /// <summary>Takes the lock.</summary>
    /// <param name="root">The run's folder.</param>
    /// <param name="path">The lock's file. Nobody can read a locked file, so one beside it says who has it.</param>
    /// <param name="made">Folders that were made for it, the innermost first; those that nothing else was put into go with the
    /// lock.</param>
    /// <exception cref="LlmKickException">Another process has it.</exception>
    /// <exception cref="StorageException">The folder cannot be written.</exception>
    public static RunLock Take(string root, string path, IReadOnlyList<string> made)
    {
        var owner = path + ".owner";
        try
        {
            var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
            File.WriteAllText(owner, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
            return new RunLock(file, owner, made);
        }
        catch (IOException e) when (IsHeld(e))
        {
            throw new LlmKickException($"'{root}' is in use by another run (process {Read(owner)}). Wait until it ends, or choose another "
                + $"folder with --output.", e);
        }
        catch (Exception e) when (FileFault.Is(e))
        {
            throw new StorageException(path, e);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        File.Delete(owner);
        var isUnused = made.Count > 0 && Directory.Exists(made[0])
            && Directory.EnumerateFileSystemEntries(made[0]).All(entry => entry == file.Name);
        // Deleted while it is held, nobody can have taken it in between; Windows does not allow that.
        if (isUnused && !OperatingSystem.IsWindows())
            File.Delete(file.Name);
        file.Dispose();
        if (isUnused)
            RemoveFolders();
    }

    private void RemoveFolders()
    {
        File.Delete(file.Name);
        foreach (var folder in made.TakeWhile(folder => !Directory.EnumerateFileSystemEntries(folder).Any()))
            Directory.Delete(folder);
    }

    /// <summary>EWOULDBLOCK is 11 on Linux and 35 on macOS.</summary>
    private static bool IsHeld(IOException failure) => failure.HResult is WindowsSharingViolation or 11 or 35;

    private static string Read(string owner)
    {
        try
        {
            return File.ReadAllText(owner) is { Length: > 0 } id ? id : "unknown";
        }
        catch (IOException)
        {
            return "unknown";
        }
    }
}
