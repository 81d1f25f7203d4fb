using System.CommandLine;
using LlmKick.Terminals;

namespace LlmKick.Commands;

/// <summary><c>plugin</c>: the verbs that install plugins from package feeds.</summary>
internal sealed class PluginCommand : Command
{
    public PluginCommand(Terminal terminal) : base("plugin", "Install plugins from NuGet feeds, list, update and remove them")
    {
        Add(new PluginAddCommand(terminal));
        Add(new PluginListCommand(terminal));
        Add(new PluginUpdateCommand(terminal));
        Add(new PluginRemoveCommand(terminal));
    }
}
