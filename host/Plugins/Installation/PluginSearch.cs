using LlmKick.Sdk;

namespace LlmKick.Plugins.Installation;

/// <summary>Where plugins are looked for.</summary>
internal static class PluginSearch
{
    /// <summary>The environment variable that moves the user's plugin folder.</summary>
    public const string UserFolderVariable = "LLMKICK_PLUGINS";

    /// <summary>The folder that is built beside the tool.</summary>
    public static string ToolFolder { get; } = Path.Combine(AppContext.BaseDirectory, "plugins");

    /// <summary>The user's own folder: it stays when the tool is updated.</summary>
    public static string UserFolder =>
        Environment.GetEnvironmentVariable(UserFolderVariable) is { Length: > 0 } folder
            ? Path.GetFullPath(folder)
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData,
                Environment.SpecialFolderOption.DoNotVerify), "llmkick", "plugins");

    /// <summary>Finds plugin folders: next to the tool, the user's, then those that were asked for.</summary>
    /// <param name="asked">Plugin folders, or folders of plugin folders, from the command line and the recipe.</param>
    /// <exception cref="LlmKickException">A folder that was asked for is not there or holds no plugin.</exception>
    public static IReadOnlyList<PluginFolder> Find(IEnumerable<string> asked)
    {
        InstallationFolder.Mend(UserFolder);
        return
        [
            .. new[] { ToolFolder, UserFolder }.Where(Directory.Exists).SelectMany(Inside)
                .Concat(asked.SelectMany(Asked))
                .DistinctBy(folder => folder.Path, StringComparer.Ordinal),
        ];
    }

    private static IEnumerable<PluginFolder> Inside(string parent) =>
        Directory.GetDirectories(parent).Order(StringComparer.Ordinal).Select(PluginFolder.Open).OfType<PluginFolder>();

    private static List<PluginFolder> Asked(string folder)
    {
        if (!Directory.Exists(folder))
            throw new LlmKickException($"The plugin folder '{folder}' is not there. Give a plugin's folder, or a folder of such folders.");
        if (PluginFolder.Open(folder) is { } plugin)
            return [plugin];
        List<PluginFolder> inside = [.. Inside(folder)];
        return inside.Count > 0
            ? inside
            : throw new LlmKickException(
                $"The plugin folder '{folder}' holds no plugin. Give a plugin's build output, or a folder of such folders.");
    }
}
