namespace LlmKick.Plugins.Installation;

/// <summary>The versions of what is installed in the user's plugin folder, read where somebody asks.</summary>
internal static class InstalledVersions
{
    /// <summary>The installed version of a package; null where it is not installed, or its folder is gone.</summary>
    public static string? Of(string package)
    {
        var folder = PluginSearch.UserFolder;
        InstallationFolder.Mend(folder);
        var (id, plugin) = PluginLock.Read(folder)
            .Plugins.FirstOrDefault(plugin => plugin.Key.Equals(package, StringComparison.OrdinalIgnoreCase));
        return plugin is not null && Directory.Exists(Path.Combine(folder, id)) ? plugin.Version : null;
    }
}
