using System.Text.Encodings.Web;
using System.Text.Json;
using LlmKick.Sdk;

namespace LlmKick.Plugins.Installation;

/// <summary>What is installed in a plugin folder: the content of its lock file.</summary>
internal sealed class PluginLock
{
    /// <summary>The lock file's name.</summary>
    public const string FileName = "plugins.lock.json";

    private const string CurrentFormat = "llmkick/plugins-lock@1";

    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        RespectNullableAnnotations = true,
    };

    private readonly SortedDictionary<string, LockedPlugin> plugins;

    private PluginLock(IEnumerable<KeyValuePair<string, LockedPlugin>> plugins) =>
        this.plugins = new SortedDictionary<string, LockedPlugin>(plugins.ToDictionary(StringComparer.OrdinalIgnoreCase),
            StringComparer.OrdinalIgnoreCase);

    /// <summary>The plugins by the package's name, which is also the folder's; in any case.</summary>
    public IReadOnlyDictionary<string, LockedPlugin> Plugins => plugins;

    /// <summary>Reads a folder's lock file; empty where there is none.</summary>
    /// <exception cref="LlmKickException">It cannot be read.</exception>
    public static PluginLock Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        try
        {
            return File.Exists(path) ? Parse(File.ReadAllBytes(path)) : new PluginLock([]);
        }
        catch (Exception failure) when (failure is JsonException or ArgumentException)
        {
            throw new LlmKickException($"'{path}' is damaged: {failure.Message.TrimEnd('.')}. Restore it; or delete it and the plugins' "
                + $"folders beside it, and add them again.", failure);
        }
    }

    /// <summary>This with some plugins put in and others taken out.</summary>
    public PluginLock With(IReadOnlyDictionary<string, LockedPlugin> put, params IEnumerable<string> without) =>
        new(plugins.Where(plugin => !put.Keys.Concat(without).Contains(plugin.Key, StringComparer.OrdinalIgnoreCase)).Concat(put));

    /// <summary>The lock file's content.</summary>
    public byte[] ToBytes() => [.. JsonSerializer.SerializeToUtf8Bytes(new Document(CurrentFormat, plugins), Options), (byte)'\n'];

    private static PluginLock Parse(byte[] json)
    {
        var document = JsonSerializer.Deserialize<Document>(json, Options);
        return document?.Format == CurrentFormat
            ? new PluginLock(document.Plugins)
            : throw new JsonException($"its format is '{document?.Format}' and not '{CurrentFormat}'");
    }

    private sealed record Document(string Format, IReadOnlyDictionary<string, LockedPlugin> Plugins);
}
