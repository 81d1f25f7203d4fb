using System.Text.Json;
using LlmKick.Sdk.Files;

namespace LlmKick.Storage;

/// <summary>Reads and writes the files of a run's folder, each whole or not at all.</summary>
internal static class RunFile
{
    /// <summary>Writes one JSON document.</summary>
    public static void WriteJson<T>(string path, T value, JsonSerializerOptions options) => Write(path, stream =>
    {
        JsonSerializer.Serialize(stream, value, options);
        stream.WriteByte((byte)'\n');
    });

    /// <summary>Writes one JSON value a line.</summary>
    public static void WriteLines<T>(string path, IEnumerable<T> values) => Write(path, stream =>
    {
        foreach (var value in values)
        {
            JsonSerializer.Serialize(stream, value, RunJson.Line);
            stream.WriteByte((byte)'\n');
        }
    });

    /// <summary>Reads a document, or nothing where there is none that can be read.</summary>
    public static T? TryReadJson<T>(string path) where T : class
    {
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize<T>(File.ReadAllBytes(path), RunJson.Line) : null;
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException)
        {
            return null;
        }
    }

    /// <summary>Removes a file or folder, if it is there.</summary>
    public static void Delete(string path) => StorageException.Guard(path, () =>
    {
        if (Directory.Exists(path))
            Directory.Delete(path, recursive: true);
        else if (File.Exists(path))
            File.Delete(path);
    });

    /// <summary>Writes a file.</summary>
    /// <exception cref="StorageException">It cannot be written.</exception>
    public static void Write(string path, Action<Stream> write) => StorageException.Guard(path, () =>
    {
        using var file = new AtomicFile(path);
        write(file.Stream);
        Failpoint.Pass("before-rename");
        file.Commit();
        Failpoint.Pass("after-rename");
    });
}
