using System.IO.MemoryMappedFiles;

namespace LlmKick.Sdk.Files;

/// <summary>A read-only memory-mapped file. Every access is checked against the length the file had when it was opened.</summary>
public sealed unsafe class MappedFile : IDisposable
{
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private byte* _start;

    private MappedFile(string path, MemoryMappedFile file, long length)
    {
        (Path, Length, _file) = (path, length, file);
        _view = file.CreateViewAccessor(0, length, MemoryMappedFileAccess.Read);
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref _start);
        _start += _view.PointerOffset;
    }

    /// <summary>The path as it was given.</summary>
    public string Path { get; }

    /// <summary>Length in bytes.</summary>
    public long Length { get; }

    /// <summary>Maps a file.</summary>
    /// <param name="path">An existing file.</param>
    /// <exception cref="LlmKickException">The file is missing, empty or cannot be read.</exception>
    public static MappedFile Open(string path)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
            return stream.Length == 0
                ? throw new LlmKickException($"'{path}' is empty. Download it again, or write it anew.")
                : new MappedFile(path, Map(stream), stream.Length);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new LlmKickException($"'{path}' does not exist.", e);
        }
        catch (Exception e) when (FileFault.Is(e) || e is NotSupportedException)
        {
            throw new LlmKickException($"'{path}' cannot be read: {FileFault.Reason(e)}.", e);
        }
    }

    /// <summary>The bytes of a range; valid until the file is disposed.</summary>
    /// <param name="offset">Bytes from the start of the file.</param>
    /// <param name="count">Number of bytes.</param>
    /// <exception cref="ArgumentOutOfRangeException">The range is not inside the file.</exception>
    /// <exception cref="ObjectDisposedException">The file was disposed.</exception>
    public ReadOnlySpan<byte> Span(long offset, int count)
    {
        ObjectDisposedException.ThrowIf(_start is null, this);
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset, Length - count);
        return new ReadOnlySpan<byte>(_start + offset, count);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_start is null)
            return;
        _start = null;
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _file.Dispose();
    }

    private static MemoryMappedFile Map(FileStream stream) => MemoryMappedFile.CreateFromFile(
        stream, mapName: null, capacity: 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);
}
