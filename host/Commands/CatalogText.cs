using LlmKick.Plugins;

namespace LlmKick.Commands;

/// <summary>The tables of <c>list</c>.</summary>
internal static class CatalogText
{
    public static void Write(PluginCatalog catalog, Terminal terminal)
    {
        WritePlugins(catalog, terminal);
        WriteComponents("MODELS", PluginKind.Model, catalog, terminal);
        WriteComponents("COMPRESSORS", PluginKind.Compressor, catalog, terminal);
        WriteComponents("TASKS", PluginKind.Task, catalog, terminal);
    }

    private static void WritePlugins(PluginCatalog catalog, Terminal terminal)
    {
        var table = new TextTable("PLUGIN", "VERSION", "SDK", "STATUS");
        foreach (var plugin in catalog.Plugins)
            table.Add(plugin.Name, plugin.Version ?? "?", plugin.SdkVersion ?? "?", plugin.Problem ?? "usable");
        table.Write(terminal);
    }

    private static void WriteComponents(string heading, PluginKind kind, PluginCatalog catalog, Terminal terminal)
    {
        var table = new TextTable(heading, "VALUES", "DEFAULT", "HELP");
        foreach (var component in catalog.Components.Where(component => component.Kind == kind))
        {
            table.Add(component.Name, "", "", component.Help);
            foreach (var option in component.Options.Options)
                table.Add("  " + option.Key, OptionText.Values(option), OptionText.Default(option), option.Facts.Help);
        }
        terminal.Out.WriteLine();
        table.Write(terminal);
    }
}
