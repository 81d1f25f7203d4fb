using System.Text.Json.Nodes;
using LlmKick.Plugins.Installation;

namespace LlmKick.Commands;

/// <summary>The document of <c>plugin list --json</c>.</summary>
internal static class InstalledJson
{
    /// <summary>Makes the document.</summary>
    /// <param name="folder">The plugin folder.</param>
    /// <param name="newer">Newer versions that fit; null where nobody asked.</param>
    public static JsonObject Create(InstallationFolder folder, IReadOnlyDictionary<string, string?>? newer) => new()
    {
        ["format"] = "llmkick/plugin-list@1",
        ["folder"] = folder.Root,
        ["plugins"] = new JsonArray([.. folder.Lock.Plugins.Select(plugin => Plugin(folder.Root, plugin.Key, plugin.Value, newer))]),
    };

    private static JsonObject Plugin(string root, string id, LockedPlugin plugin, IReadOnlyDictionary<string, string?>? newer)
    {
        var faults = PluginIntegrity.Faults(Path.Combine(root, id), plugin);
        var json = new JsonObject
        {
            ["package"] = id,
            ["version"] = plugin.Version,
            ["source"] = plugin.Source,
            ["sha512"] = plugin.Sha512,
            ["packages"] =
                new JsonObject(plugin.Packages.Select(package => KeyValuePair.Create(package.Key, (JsonNode?)package.Value.Version))),
            ["requires"] = new JsonObject(plugin.Requires.Select(other => KeyValuePair.Create(other.Key, (JsonNode?)other.Value))),
            ["intact"] = faults.Count == 0,
            ["faults"] = new JsonArray([.. faults.Select(fault => JsonValue.Create(fault))]),
        };
        if (newer is not null)
            json["newer"] = newer[id];
        return json;
    }
}
