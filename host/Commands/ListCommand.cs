using System.CommandLine;
using LlmKick.Plugins;
using LlmKick.Terminals;

namespace LlmKick.Commands;

/// <summary><c>list</c>: what recipes can use.</summary>
internal sealed class ListCommand : Command
{
    private readonly Terminal terminal;

    public ListCommand(PluginSource plugins, Terminal terminal)
        : base("list", "Show the plugins, models, compressors, tasks and report sections with their options")
    {
        this.terminal = terminal;
        Options.Add(CommonOptions.Json);
        SetAction(line => Show(plugins.Load(line, []), line.GetValue(CommonOptions.Json)));
    }

    private int Show(PluginCatalog catalog, bool json)
    {
        if (json)
            terminal.WriteJson(CatalogJson.Create(catalog));
        else
            CatalogText.Write(catalog, terminal);
        return ExitCode.Done;
    }
}
