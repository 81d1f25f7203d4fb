using System.CommandLine;
using LlmKick.Plugins.Installation;
using LlmKick.Terminals;

namespace LlmKick.Commands;

/// <summary><c>plugin remove</c>: takes an installed plugin away.</summary>
internal sealed class PluginRemoveCommand : Command
{
    private readonly Terminal terminal;

    public PluginRemoveCommand(Terminal terminal) : base("remove", "Remove an installed plugin")
    {
        this.terminal = terminal;
        Arguments.Add(PluginOptions.Package);
        SetAction((line, cancellationToken) => Task.FromResult(Remove(line.GetRequiredValue(PluginOptions.Package), cancellationToken)));
    }

    private int Remove(string id, CancellationToken cancellationToken)
    {
        using var folder = InstallationFolder.Open(PluginSearch.UserFolder, cancellationToken);
        var removed = PluginInstaller.Remove(folder, id);
        terminal.Out.WriteLine($"{id} {removed.Version} is removed.");
        return ExitCode.Done;
    }
}
