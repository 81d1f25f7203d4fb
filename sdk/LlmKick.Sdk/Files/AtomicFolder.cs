namespace LlmKick.Sdk.Files;

/// <summary>A folder that appears whole or not at all: filled beside its place, then renamed.</summary>
public sealed class AtomicFolder : IDisposable
{
    private const string Ending = ".tmp";

    private readonly string _path;
    private bool _committed;

    /// <summary>Starts a folder; nothing is seen at <paramref name="path"/> before <see cref="Commit"/>.</summary>
    /// <param name="path">Where the folder will be; an older one is replaced, and what killed processes left beside it removed.</param>
    /// <exception cref="IOException">The folder around it cannot be written.</exception>
    public AtomicFolder(string path)
    {
        _path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        var parent = Path.GetDirectoryName(_path)!;
        Directory.CreateDirectory(parent);
        foreach (var leftover in Directory.EnumerateDirectories(parent,
            $"{Path.GetFileName(_path)}.????????????????????????????????{Ending}").ToList())
            Directory.Delete(leftover, recursive: true);
        Content = Name();
        Directory.CreateDirectory(Content);
    }

    /// <summary>The folder to fill.</summary>
    public string Content { get; }

    /// <summary>Creates a file in the folder.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="write">Writes it; it is flushed to disk afterwards.</param>
    public void Write(string name, Action<Stream> write)
    {
        using var stream = new FileStream(Path.Combine(Content, name), FileMode.CreateNew, FileAccess.Write, FileShare.None,
            bufferSize: 1 << 16);
        write(stream);
        stream.Flush(flushToDisk: true);
    }

    /// <summary>Gives the folder its name.</summary>
    /// <exception cref="IOException">An older one cannot be replaced.</exception>
    public void Commit()
    {
        FolderEntries.Flush(Content);
        var old = Directory.Exists(_path) ? Name() : null;
        if (old is not null)
            Directory.Move(_path, old);
        Directory.Move(Content, _path);
        _committed = true;
        FolderEntries.Flush(Path.GetDirectoryName(_path)!);
        if (old is not null)
            Directory.Delete(old, recursive: true);
    }

    /// <summary>Removes what was written unless it was committed.</summary>
    public void Dispose()
    {
        if (!_committed)
            Directory.Delete(Content, recursive: true);
    }

    private string Name() => $"{_path}.{Guid.NewGuid():N}{Ending}";
}
