using System.CommandLine;
using LlmKick.Plugins.Installation;
using LlmKick.Sdk;
using LlmKick.Terminals;

namespace LlmKick.Commands;

/// <summary><c>plugin update</c>: replaces installed plugins by their newest versions that fit.</summary>
internal sealed class PluginUpdateCommand : Command
{
    private readonly Terminal terminal;

    public PluginUpdateCommand(Terminal terminal)
        : base("update", "Replace installed plugins by their newest versions that fit this llmkick")
    {
        this.terminal = terminal;
        Arguments.Add(PluginOptions.PackageOrAll);
        Options.Add(PluginOptions.Source);
        SetAction(UpdateAsync);
    }

    private async Task<int> UpdateAsync(ParseResult line, CancellationToken cancellationToken)
    {
        using var folder = InstallationFolder.Open(PluginSearch.UserFolder, cancellationToken);
        List<string> ids = line.GetValue(PluginOptions.PackageOrAll) is { } id ? [PluginInstaller.Require(folder.Lock, id).Key]
            : [.. folder.Lock.Plugins.Keys];
        using var updates =
            new PluginUpdates(folder, PluginOptions.FeedsOf(line), isAsked: line.GetValue(PluginOptions.Source) is { Length: > 0 });
        var failed = false;
        foreach (var one in ids)
            failed |= !await UpdateAsync(one, folder, updates, cancellationToken);
        if (ids.Count == 0)
            terminal.Out.WriteLine("No plugins are installed.");
        return failed ? ExitCode.Failed : ExitCode.Done;
    }

    private async Task<bool> UpdateAsync(string id, InstallationFolder folder, PluginUpdates updates, CancellationToken cancellationToken)
    {
        try
        {
            var changes = await updates.InstallAsync(id, cancellationToken);
            if (changes.Count == 0)
                terminal.Out.WriteLine($"{id} {folder.Lock.Plugins[id].Version} is the newest that fits.");
            PluginChangeText.Write(changes, terminal);
            return true;
        }
        catch (LlmKickException failure)
        {
            terminal.Error.WriteLine(failure.Message);
            return false;
        }
    }
}
