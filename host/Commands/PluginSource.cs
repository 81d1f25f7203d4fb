using System.CommandLine;
using LlmKick.Plugins;

namespace LlmKick.Commands;

/// <summary>The plugins that a command line asks for.</summary>
/// <param name="load">Loads the plugins of the usual places and of further folders.</param>
internal sealed class PluginSource(Func<IReadOnlyList<string>, PluginCatalog> load)
{
    /// <summary>Loads the plugins.</summary>
    /// <param name="line">The command line, for <c>--plugins</c>.</param>
    /// <param name="recipeFolders">The recipe's plugin folders, absolute.</param>
    /// <exception cref="UsageException">A folder does not exist.</exception>
    public PluginCatalog Load(ParseResult line, IReadOnlyList<string> recipeFolders) =>
        load([.. (line.GetValue(CommonOptions.Plugins) ?? []).Select(Existing), .. recipeFolders]);

    private static string Existing(string folder) => Directory.Exists(folder)
        ? Path.GetFullPath(folder)
        : throw new UsageException($"--plugins '{folder}': there is no such folder. Name a folder that holds plugins, each in a folder of its own.");
}
