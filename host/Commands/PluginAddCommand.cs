using System.CommandLine;
using LlmKick.Plugins;
using LlmKick.Plugins.Installation;
using LlmKick.Terminals;

namespace LlmKick.Commands;

/// <summary><c>plugin add</c>: installs a plugin from a package feed.</summary>
internal sealed class PluginAddCommand : Command
{
    private readonly Terminal terminal;

    public PluginAddCommand(Terminal terminal) : base("add", "Install a plugin, and what it needs, from a NuGet feed")
    {
        this.terminal = terminal;
        Arguments.Add(PluginOptions.Package);
        Options.Add(PluginOptions.Version);
        Options.Add(PluginOptions.Source);
        SetAction(AddAsync);
    }

    private async Task<int> AddAsync(ParseResult line, CancellationToken cancellationToken)
    {
        var id = line.GetRequiredValue(PluginOptions.Package);
        var wish = PluginOptions.WishOf(line);
        using var feeds = new PackageFeeds(PluginOptions.FeedsOf(line));
        using var folder = InstallationFolder.Open(PluginSearch.UserFolder, cancellationToken);
        var changes = await new PluginInstaller(folder, feeds, new SharedAssemblies(), ArchiveLimits.Default)
            .InstallAsync(id, wish, null, cancellationToken);
        if (changes.Count == 0)
            terminal.Out.WriteLine($"{id} {PluginInstaller.Require(folder.Lock, id).Value.Version} is installed already.");
        PluginChangeText.Write(changes, terminal);
        return ExitCode.Done;
    }
}
