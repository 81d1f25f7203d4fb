using System.Collections.Concurrent;
using System.Text.Json;
using LlmKick.Sdk;

namespace LlmKick.Storage;

/// <summary>Looks whether files of JSON lines are as they were written; each is read once in a process, unless it changes.</summary>
internal static class WholeLines
{
    private static readonly ConcurrentDictionary<(string Path, long Length, DateTime Written), int> Counts = new();

    /// <summary>The lines of a file; −1 where it is missing or cut, or one of them is no JSON.</summary>
    public static int Count(string path)
    {
        var file = new FileInfo(path);
        return !file.Exists ? -1 : file.Length == 0 ? 0 : Counts.GetOrAdd((path, file.Length, file.LastWriteTimeUtc), _ => Read(path));
    }

    private static int Read(string path)
    {
        var count = 0;
        try
        {
            JsonLinesFile.Read(path, (_, line) =>
            {
                var reader = new Utf8JsonReader(line);
                while (reader.Read())
                {
                }
                count++;
            });
        }
        catch (LlmKickException)
        {
            return -1;
        }
        return EndsALine(path) ? count : -1;
    }

    private static bool EndsALine(string path)
    {
        using var file = File.OpenHandle(path);
        Span<byte> last = stackalloc byte[1];
        return RandomAccess.Read(file, last, RandomAccess.GetLength(file) - 1) == 1 && last[0] == '\n';
    }
}
