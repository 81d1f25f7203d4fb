namespace LlmKick.Plugins.Installation;

/// <summary>Whether an installed plugin's files are still those that were installed.</summary>
internal static class PluginIntegrity
{
    /// <summary>What differs: <c>a.dll is changed</c>; nothing where all is as installed.</summary>
    public static IReadOnlyList<string> Faults(string folder, LockedPlugin plugin)
    {
        if (!Directory.Exists(folder))
            return ["its folder is missing"];
        var found = FileHash.OfFolder(folder);
        return
        [
            .. plugin.Files.Where(file => !found.ContainsKey(file.Key)).Select(file => $"{file.Key} is missing"),
            .. plugin.Files.Where(file => found.TryGetValue(file.Key, out var hash) && hash != file.Value)
            .Select(file => $"{file.Key} is changed"),
            .. found.Keys.Where(file => !plugin.Files.ContainsKey(file)).Select(file => $"{file} was added"),
        ];
    }
}
