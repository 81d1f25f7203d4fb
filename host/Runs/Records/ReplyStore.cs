using System.Text.Json;
using LlmKick.Sdk.Models;
using LlmKick.Storage;

namespace LlmKick.Runs.Records;

/// <summary>A judge's replies, on disk from the moment that each arrives: what is paid for is never asked again.</summary>
internal sealed class ReplyStore
{
    private readonly Dictionary<string, Response> known = new(StringComparer.Ordinal);
    private readonly Lock gate = new();
    private readonly string path;

    private ReplyStore(string path) => this.path = path;

    /// <summary>Opens a file of replies; a line that a killed run left half written is taken off.</summary>
    public static ReplyStore Open(string path)
    {
        var store = new ReplyStore(path);
        StorageException.Guard(path, () => Directory.CreateDirectory(Path.GetDirectoryName(path)!));
        if (File.Exists(path))
            store.Read();
        return store;
    }

    /// <summary>A reply that is kept, or null.</summary>
    public Response? Find(string key)
    {
        lock (gate)
            return known.GetValueOrDefault(key);
    }

    /// <summary>Keeps a reply.</summary>
    /// <exception cref="StorageException">The file cannot be written.</exception>
    public void Add(string key, Response reply)
    {
        byte[] line = [.. JsonSerializer.SerializeToUtf8Bytes(new StoredReply(key, reply), RunJson.Line), (byte)'\n'];
        lock (gate)
        {
            StorageException.Guard(path, () => File.AppendAllBytes(path, line));
            known[key] = reply;
        }
    }

    private void Read()
    {
        var bytes = File.ReadAllBytes(path);
        var whole = bytes.AsSpan().LastIndexOf((byte)'\n') + 1;
        if (whole < bytes.Length)
            StorageException.Guard(path, () => File.WriteAllBytes(path, bytes[..whole]));
        foreach (var line in File.ReadLines(path))
            if (JsonSerializer.Deserialize<StoredReply>(line, RunJson.Line) is { } stored)
                known[stored.Key] = stored.Reply;
    }
}

/// <summary>A line of a <see cref="ReplyStore"/>.</summary>
/// <param name="Key">Fingerprint of who was asked what about which sample.</param>
/// <param name="Reply">The reply.</param>
internal sealed record StoredReply(string Key, Response Reply);
