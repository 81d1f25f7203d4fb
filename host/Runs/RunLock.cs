using System.Globalization;
using LlmKick.Sdk;

namespace LlmKick.Runs;

/// <summary>Holds a run's folder for one process. The system lets go of it when the process ends, however it ends.</summary>
internal sealed class RunLock : IDisposable
{
    private readonly FileStream file;

    private RunLock(FileStream file) => this.file = file;

    /// <summary>Takes the lock.</summary>
    /// <param name="path">The lock's file.</param>
    /// <exception cref="LlmKickException">Another process has it.</exception>
    /// <exception cref="StorageException">The folder cannot be written.</exception>
    public static RunLock Take(string path)
    {
        var file = Open(path);
        StorageException.Guard(path, () =>
        {
            file.SetLength(0);
            file.Write(System.Text.Encoding.ASCII.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture)));
            file.Flush();
        });
        return new RunLock(file);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        file.SetLength(0);
        file.Dispose();
    }

    private static FileStream Open(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        }
        catch (IOException) when (Owner(path) is { } owner)
        {
            throw new LlmKickException($"'{Path.GetDirectoryName(Path.GetDirectoryName(path))}' is in use by another run (process {owner}). Wait until it ends, or choose another folder with --output.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StorageException(path, e);
        }
    }

    private static string? Owner(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(file);
            return reader.ReadToEnd() is { Length: > 0 } id ? id : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return File.Exists(path) && e is IOException ? "unknown" : null;
        }
    }
}
