using System.CommandLine;
using LlmKick.Plugins.Installation;
using LlmKick.Terminals;

namespace LlmKick.Commands;

/// <summary><c>plugin list</c>: what is installed, and whether it is still as it was installed.</summary>
internal sealed class PluginListCommand : Command
{
    private readonly Option<bool> outdated = new("--outdated") { Description = "Also ask the feeds for newer versions that fit" };
    private readonly Terminal terminal;

    public PluginListCommand(Terminal terminal)
        : base("list", "Show the installed plugins, and whether their files are as they were installed")
    {
        this.terminal = terminal;
        foreach (var option in (Option[])[outdated, PluginOptions.Source, CommonOptions.Json])
            Options.Add(option);
        SetAction(ListAsync);
    }

    private async Task<int> ListAsync(ParseResult line, CancellationToken cancellationToken)
    {
        using var folder = InstallationFolder.Open(PluginSearch.UserFolder, cancellationToken);
        var newer = line.GetValue(outdated) ? await NewerAsync(line, folder, cancellationToken) : null;
        if (line.GetValue(CommonOptions.Json))
            terminal.WriteJson(InstalledJson.Create(folder, newer));
        else
            Write(folder, newer);
        return ExitCode.Done;
    }

    private static async Task<Dictionary<string, string?>> NewerAsync(ParseResult line, InstallationFolder folder,
        CancellationToken cancellationToken)
    {
        using var updates =
            new PluginUpdates(folder, PluginOptions.FeedsOf(line), isAsked: line.GetValue(PluginOptions.Source) is { Length: > 0 });
        var newer = new Dictionary<string, string?>();
        foreach (var id in folder.Lock.Plugins.Keys)
            newer[id] = await updates.NewerAsync(id, cancellationToken);
        return newer;
    }

    private void Write(InstallationFolder folder, Dictionary<string, string?>? newer)
    {
        var table = newer is null ? new TextTable("PACKAGE", "VERSION", "FILES", "SOURCE")
            : new TextTable("PACKAGE", "VERSION", "NEWER", "FILES", "SOURCE");
        foreach (var (id, plugin) in folder.Lock.Plugins)
        {
            var files = PluginIntegrity.Faults(Path.Combine(folder.Root, id), plugin) is { Count: > 0 } faults ? string.Join(", ", faults)
                : "as installed";
            table.Add(newer is null ? [id, plugin.Version, files, plugin.Source]
                : [id, plugin.Version, newer[id] ?? "", files, plugin.Source]);
        }
        if (folder.Lock.Plugins.Count == 0)
            terminal.Out.WriteLine($"No plugins are installed in '{folder.Root}'.");
        else
            table.Write(terminal);
    }
}
