namespace LlmKick.Plugins;

/// <summary>A folder that holds one plugin.</summary>
/// <param name="Path">The folder.</param>
/// <param name="Main">The plugin's assembly, or null where it cannot be told.</param>
/// <param name="Problem">Why it cannot be told or read.</param>
internal sealed record PluginFolder(string Path, string? Main, string? Problem)
{
    /// <summary>Looks for a plugin's assembly: the one named like the folder, or the only one built against the SDK.</summary>
    /// <returns>Null where the folder holds no assembly of its own.</returns>
    public static PluginFolder? Open(string folder)
    {
        var full = System.IO.Path.GetFullPath(folder);
        var named = System.IO.Path.Combine(full, System.IO.Path.GetFileName(System.IO.Path.TrimEndingDirectorySeparator(full)) + ".dll");
        if (File.Exists(named))
            return new PluginFolder(full, named, null);
        var files = Directory.GetFiles(full, "*.dll");
        var built = files.Where(IsBuiltAgainstSdk).Order(StringComparer.Ordinal).ToList();
        return built.Count switch
        {
            1 => new PluginFolder(full, built[0], null),
            0 when files.Length == 0 => null,
            0 => new PluginFolder(full, null,
                $"None of its assemblies was built against LlmKick.Sdk. Put a plugin there, or remove the folder."),
            _ => new PluginFolder(full, null,
                $"{string.Join(" and ", built.Select(System.IO.Path.GetFileName))} were all built against LlmKick.Sdk. Name the folder "
                    + $"like the one that is the plugin."),
        };
    }

    private static bool IsBuiltAgainstSdk(string file) =>
        !SharedAssemblies.Roots.Contains(System.IO.Path.GetFileNameWithoutExtension(file))
            && AssemblyFileReader.TryRead(file)?.SdkVersion is not null;
}
