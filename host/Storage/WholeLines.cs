using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;

namespace LlmKick.Storage;

/// <summary>Looks whether files of JSON lines are as they were written; each is read once, unless it changes.</summary>
internal sealed class WholeLines
{
    private readonly ConcurrentDictionary<(string Path, long Length, DateTime Written), int> counts = new();

    /// <summary>The lines of a file; −1 where it is missing or cut, or one of them is no JSON.</summary>
    public int Count(string path)
    {
        var file = new FileInfo(path);
        return !file.Exists ? -1 : file.Length == 0 ? 0 : counts.GetOrAdd((path, file.Length, file.LastWriteTimeUtc), _ => Read(path));
    }

    private static int Read(string path)
    {
        try
        {
            return EndsALine(path) ? File.ReadLines(path).Count(IsJson) : -1;
        }
        catch (JsonException)
        {
            return -1;
        }
    }

    private static bool EndsALine(string path)
    {
        using var file = File.OpenHandle(path);
        Span<byte> last = stackalloc byte[1];
        return RandomAccess.Read(file, last, RandomAccess.GetLength(file) - 1) == 1 && last[0] == '\n';
    }

    private static bool IsJson(string line)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(line));
        while (reader.Read())
        {
        }
        return true;
    }
}
