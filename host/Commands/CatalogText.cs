using LlmKick.Options;
using LlmKick.Plugins;
using LlmKick.Terminals;

namespace LlmKick.Commands;

/// <summary>The text of <c>list</c>.</summary>
internal static class CatalogText
{
    public static void Write(PluginCatalog catalog, Terminal terminal)
    {
        WritePlugins(catalog, terminal);
        WriteComponents("MODELS", PluginKind.Model, catalog, terminal);
        WriteFormats(catalog, terminal);
        WriteComponents("COMPRESSORS", PluginKind.Compressor, catalog, terminal);
        WriteComponents("TASKS", PluginKind.Task, catalog, terminal);
        if (catalog.Components.Any(component => component.Kind == PluginKind.Encoding))
            WriteComponents("ENCODINGS", PluginKind.Encoding, catalog, terminal);
        if (catalog.Components.Any(component => component.Kind == PluginKind.Request))
            WriteComponents("REQUESTS", PluginKind.Request, catalog, terminal);
        if (catalog.Components.Any(component => component.Kind == PluginKind.ReportSection))
            WriteComponents("REPORT SECTIONS", PluginKind.ReportSection, catalog, terminal);
    }

    private static void WritePlugins(PluginCatalog catalog, Terminal terminal)
    {
        var table = new TextTable("PLUGIN", "VERSION", "SDK", "STATUS");
        foreach (var plugin in catalog.Plugins)
            table.Add(plugin.Name, Short(plugin.Version ?? "?"), plugin.SdkVersion ?? "?", plugin.Problem ?? "usable");
        table.Write(terminal);
    }

    private static void WriteComponents(string heading, PluginKind kind, PluginCatalog catalog, Terminal terminal)
    {
        var list = new DefinitionList();
        foreach (var component in catalog.Components.Where(component => component.Kind == kind))
        {
            list.AddHead(component.Name, component.Help);
            foreach (var option in component.Options.Options)
                list.Add(option.Key, $"{Facts(option)}. {option.Facts.Help}");
        }
        terminal.Out.WriteLine();
        terminal.Out.WriteLine(heading);
        list.Write(terminal);
    }

    private static void WriteFormats(PluginCatalog catalog, Terminal terminal)
    {
        var list = new DefinitionList();
        foreach (var format in catalog.Formats.Select(writer => writer.Format))
            list.AddHead(format.Name,
                $"{format.Help} {(format.Types.Count > 0 ? $"Types: {string.Join(", ", format.Types)}." : "")}".TrimEnd());
        terminal.Out.WriteLine();
        terminal.Out.WriteLine("FORMATS TO SAVE IN");
        list.Write(terminal);
    }

    private static string Facts(OptionDescription option) => OptionText.Default(option) switch
    {
        "" => OptionText.Values(option),
        "required" => OptionText.Values(option) + "; required",
        var value => $"{OptionText.Values(option)}; default {value}",
    };

    // Behind the '+' stands the commit, which says nothing to a reader.
    private static string Short(string version) => version.Split('+')[0];
}
