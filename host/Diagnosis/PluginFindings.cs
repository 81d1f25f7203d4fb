using System.Text.Json.Nodes;
using LlmKick.Plugins;

namespace LlmKick.Diagnosis;

/// <summary>What host and plugins share, and the plugins.</summary>
internal static class PluginFindings
{
    public static IEnumerable<Finding> All(PluginCatalog catalog) => [Shared(new SharedAssemblies()), .. catalog.Plugins.Select(Plugin)];

    private static Finding Shared(SharedAssemblies shared)
    {
        var files = shared.All.Values.OrderBy(file => file.Name, StringComparer.Ordinal).ToList();
        var own = files.Where(file => !shared.IsFramework(file.Name)).ToList();
        var found = $"{string.Join(", ", own.Select(file => $"{file.Name} {file.Version}"))}, and {files.Count - own.Count} of .NET itself";
        return Finding.Ok("shared assemblies", found,
            new JsonObject(files.Select(file => KeyValuePair.Create(file.Name, (JsonNode?)file.Version.ToString()))));
    }

    private static Finding Plugin(PluginStatus plugin)
    {
        var name = $"plugin {plugin.Name}";
        var (reason, advice) = Split(plugin.Problem);
        return reason is null
            ? Finding.Ok(name, $"{plugin.Version?.Split('+')[0]}, {plugin.Path}", plugin.Path)
            : new Finding(name, FindingState.Problem, $"{reason} ({plugin.Path})", advice) { Value = plugin.Path };
    }

    // A plugin's problem ends with the sentence that says what to do.
    private static (string? Reason, string? Advice) Split(string? problem)
    {
        var end = problem?.LastIndexOf(". ", StringComparison.Ordinal) ?? -1;
        return end < 0 ? (problem, null) : (problem![..(end + 1)], problem[(end + 2)..]);
    }
}
