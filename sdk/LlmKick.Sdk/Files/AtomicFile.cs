namespace LlmKick.Sdk.Files;

/// <summary>A file that appears whole or not at all: written beside its place, flushed to disk, renamed, and the folder flushed.</summary>
public sealed class AtomicFile : IDisposable
{
    /// <summary>Matches the names of files that were being written, in searches of a folder: a killed process leaves them behind.</summary>
    public const string LeftoverPattern = "*.????????????????????????????????.tmp";

    private readonly string _path;
    private readonly string _temporary;
    private bool _committed;

    /// <summary>Starts a file; nothing is seen at <paramref name="path"/> before <see cref="Commit"/>.</summary>
    /// <param name="path">Where the file will be; an older one is replaced. Its folder is created.</param>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public AtomicFile(string path)
    {
        _path = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
        _temporary = $"{_path}.{Guid.NewGuid():N}.tmp";
        Stream = new FileStream(_temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1 << 16);
    }

    /// <summary>Where the content is written.</summary>
    public FileStream Stream { get; }

    /// <summary>Flushes the content to disk and gives it its name, which then outlives a power cut.</summary>
    /// <exception cref="IOException">The disk is full or the file cannot be replaced.</exception>
    public void Commit()
    {
        Stream.Flush(flushToDisk: true);
        Stream.Dispose();
        File.Move(_temporary, _path, overwrite: true);
        _committed = true;
        FolderEntries.Flush(Path.GetDirectoryName(_path)!);
    }

    /// <summary>Removes what was written unless it was committed.</summary>
    public void Dispose()
    {
        if (_committed)
            return;
        try
        {
            Stream.Dispose();
        }
        finally
        {
            File.Delete(_temporary);
        }
    }
}
