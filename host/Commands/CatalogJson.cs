using System.Text.Json.Nodes;
using LlmKick.Plugins;
using LlmKick.Sdk.Checkpoints;

namespace LlmKick.Commands;

/// <summary>The document of <c>list --json</c>.</summary>
internal static class CatalogJson
{
    public static JsonObject Create(PluginCatalog catalog) => new()
    {
        ["format"] = "llmkick/list@1",
        ["plugins"] = new JsonArray([.. catalog.Plugins.Select(Plugin)]),
        ["models"] = Components(catalog, PluginKind.Model),
        ["compressors"] = Components(catalog, PluginKind.Compressor),
        ["tasks"] = Components(catalog, PluginKind.Task),
        ["formats"] = Formats(catalog),
        ["encodings"] = Components(catalog, PluginKind.Encoding),
        ["requests"] = Components(catalog, PluginKind.Request),
        ["report_sections"] = Components(catalog, PluginKind.ReportSection),
    };

    private static JsonObject Plugin(PluginStatus plugin) => new()
    {
        ["name"] = plugin.Name,
        ["version"] = plugin.Version,
        ["path"] = plugin.Path,
        ["sdk_version"] = plugin.SdkVersion,
        ["usable"] = plugin.Problem is null,
        ["problem"] = plugin.Problem,
    };

    private static JsonArray Components(PluginCatalog catalog, PluginKind kind) =>
        [.. catalog.Components.Where(component => component.Kind == kind).Select(component => Component(component, catalog))];

    private static JsonArray Formats(PluginCatalog catalog) =>
        [.. catalog.Formats.Select(writer => Format(writer.Format)).Zip(
            catalog.Components.Where(component => component.Kind == PluginKind.Format), WithPlugin)];

    private static JsonObject WithPlugin(JsonObject format, PluginComponent component)
    {
        format["plugin"] = component.Plugin.Name;
        return format;
    }

    private static JsonObject Format(CheckpointFormat format) => new()
    {
        ["name"] = format.Name,
        ["help"] = format.Help,
        ["types"] = new JsonArray([.. format.Types.Select(type => (JsonNode)type)]),
    };

    private static JsonObject Component(PluginComponent component, PluginCatalog catalog) => new()
    {
        ["name"] = component.Name,
        ["help"] = component.Help,
        ["plugin"] = component.Plugin.Name,
        ["options"] = new JsonArray([.. component.Options.Options.Select(OptionText.ToJson)]),
        ["formats"] = new JsonArray([.. WrittenFormats.Of(component, catalog).Select(Format)]),
    };
}
