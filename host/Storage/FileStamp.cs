namespace LlmKick.Storage;

/// <summary>What shows, without reading it, that a file is still the same.</summary>
/// <param name="Path">Absolute path.</param>
/// <param name="Size">Bytes; 0 for folders, whose time tells of entries that came or went.</param>
/// <param name="Modified">Time of the last change, in ticks of 100 ns.</param>
internal sealed record FileStamp(string Path, long Size, long Modified)
{
    /// <summary>The stamp of a file or folder as it is now, of a link that of what it leads to; of size −1 where there is none.</summary>
    public static FileStamp Of(string path)
    {
        if (Directory.Exists(path))
            return new FileStamp(path, 0, Directory.GetLastWriteTimeUtc(path).Ticks);
        var link = new FileInfo(path);
        var file = link.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? link;
        return file.Exists ? new FileStamp(path, file.Length, file.LastWriteTimeUtc.Ticks) : new FileStamp(path, -1, 0);
    }
}
