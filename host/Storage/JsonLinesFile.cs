using LlmKick.Sdk;

namespace LlmKick.Storage;

/// <summary>Reads a file of lines without making text of them.</summary>
internal static class JsonLinesFile
{
    /// <summary>Takes a line and the place in the file where it begins.</summary>
    public delegate void Take(long offset, ReadOnlySpan<byte> line);

    /// <summary>Reads every line.</summary>
    /// <exception cref="LlmKickException">One is not what was written.</exception>
    public static void Read(string path, Take take)
    {
        var number = 0;
        ReadAll(path, (offset, line) =>
        {
            number++;
            try
            {
                take(offset, line);
            }
            catch (Exception exception) when (DamagedLine.Is(exception))
            {
                throw DamagedLine.Of(path, number, line, exception);
            }
        });
    }

    private static void ReadAll(string path, Take take)
    {
        using var file = File.OpenHandle(path, options: FileOptions.SequentialScan);
        var (buffer, kept, start) = (new byte[1 << 18], 0, 0L);
        while (RandomAccess.Read(file, buffer.AsSpan(kept), start + kept) is var read and > 0)
        {
            var (filled, begin) = (kept + read, 0);
            for (int length; (length = buffer.AsSpan(begin, filled - begin).IndexOf((byte)'\n')) >= 0; begin += length + 1)
                take(start + begin, buffer.AsSpan(begin, length));
            (kept, start) = (filled - begin, start + begin);
            buffer.AsSpan(begin, kept).CopyTo(buffer);
            if (kept == buffer.Length)
                Array.Resize(ref buffer, 2 * buffer.Length);
        }
        if (kept > 0)
            take(start, buffer.AsSpan(0, kept));
    }

    /// <summary>Reads one line.</summary>
    public static byte[] ReadAt(string path, long offset, int length)
    {
        using var file = File.OpenHandle(path);
        var line = new byte[length];
        RandomAccess.Read(file, line, offset);
        return line;
    }
}
