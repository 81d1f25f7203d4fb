using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace LlmKick.Storage;

/// <summary>Keeps what was worked out of large files in the user's cache folder, so that a second run need not read them.</summary>
/// <param name="folder">Where facts are kept; it need not exist and may be impossible to write.</param>
internal sealed class FactCache(string folder)
{
    /// <summary>The user's cache folder.</summary>
    public static string DefaultFolder { get; } = Path.Combine(UserCache(), "llmkick", "facts");

    /// <summary>Gives a kept fact whose files are the same, or works it out anew.</summary>
    /// <param name="key">What the fact is about.</param>
    /// <param name="make">Works it out and names the files it came from, stamped before they were read.</param>
    public JsonNode Get(string key, Func<CachedFact> make)
    {
        var path = Path.Combine(folder, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))[..32] + ".json");
        if (TryRead(path) is { IsCurrent: true } kept)
            return kept.Value;
        var fact = make();
        if (fact.Files.All(IsSettled))
            TryWrite(path, fact);
        return fact.Value;
    }

    /// <summary>A file that has only just changed may change again without its time telling so.</summary>
    private static bool IsSettled(FileStamp file) => DateTime.UtcNow.Ticks - file.Modified > TimeSpan.TicksPerSecond;

    private static string UserCache() => Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } folder
        ? folder
        : OperatingSystem.IsWindows()
            ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData)
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");

    private static CachedFact? TryRead(string path)
    {
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize<CachedFact>(File.ReadAllBytes(path), RunJson.Line) : null;
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static void TryWrite(string path, CachedFact fact)
    {
        try
        {
            RunFile.WriteJson(path, fact, RunJson.Line);
        }
        catch (StorageException)
        {
            // Without a cache the next run reads the files again.
        }
    }
}
