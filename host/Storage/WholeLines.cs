using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;

namespace LlmKick.Storage;

/// <summary>Looks whether files of JSON lines are as they were written; each is read once, unless it changes.</summary>
internal sealed class WholeLines
{
    private readonly ConcurrentDictionary<(string Path, long Length, DateTime Written), int> counts = new();

    /// <summary>The lines of a file; −1 where it is missing, or one of them is no JSON.</summary>
    public int Count(string path)
    {
        var file = new FileInfo(path);
        return file.Exists ? counts.GetOrAdd((path, file.Length, file.LastWriteTimeUtc), _ => Read(path)) : -1;
    }

    private static int Read(string path)
    {
        try
        {
            return File.ReadLines(path).Count(IsJson);
        }
        catch (JsonException)
        {
            return -1;
        }
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
