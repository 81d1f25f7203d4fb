using System.CommandLine;
using LlmKick.Plugins;
using LlmKick.Sdk;
using LlmKick.Terminals;

namespace LlmKick.Commands;

/// <summary>The plugins that a command line asks for.</summary>
/// <param name="load">Loads the plugins of the usual places and of further folders.</param>
internal sealed class PluginSource(Func<IReadOnlyList<string>, PluginCatalog> load)
{
    /// <summary>Loads the plugins.</summary>
    /// <param name="line">The command line, for <c>--plugins</c>.</param>
    /// <param name="recipeFolders">The recipe's plugin folders, absolute.</param>
    /// <exception cref="UsageException">A folder of the command line holds no plugin.</exception>
    public PluginCatalog Load(ParseResult line, IReadOnlyList<string> recipeFolders)
    {
        try
        {
            return load([.. line.GetValue(CommonOptions.Plugins) ?? [], .. recipeFolders]);
        }
        catch (LlmKickException exception) when (recipeFolders.Count == 0)
        {
            throw new UsageException($"--plugins: {exception.Message}");
        }
    }
}
