using LlmKick.Plugins.Installation;
using LlmKick.Sdk.Files;
using LlmKick.Terminals;

namespace LlmKick.Diagnosis;

/// <summary>The folders that the tool reads and writes.</summary>
internal static class FolderFindings
{
    public static IEnumerable<Finding> All(string hubCache)
    {
        yield return Writable("working folder", FindingState.Warning, Environment.CurrentDirectory,
            "Results go below it unless --output says otherwise: change to a folder of yours.");
        yield return Writable("temporary folder", FindingState.Problem, Path.GetTempPath(),
            "Activations over the memory budget go there: set TMPDIR to a folder of yours.");
        yield return Writable("model cache", FindingState.Warning, hubCache,
            "Downloaded models go there: set HF_HUB_CACHE to a folder of yours.");
        yield return Plugins();
    }

    private static Finding Plugins() => Directory.Exists(PluginSearch.UserFolder)
        ? Finding.Ok("plugin folder", PluginSearch.UserFolder, PluginSearch.UserFolder)
        : Finding.Ok("plugin folder", $"{PluginSearch.UserFolder} (not there, not needed)", PluginSearch.UserFolder);

    private static Finding Writable(string name, FindingState otherwise, string folder, string advice)
    {
        var existing = Existing(folder);
        try
        {
            using (File.Create(Path.Combine(existing, $".llmkick-{Guid.NewGuid():n}"), 1, FileOptions.DeleteOnClose)) { }
            var note = existing == folder ? "" : "not there yet, ";
            return Finding.Ok(name, $"{folder} ({note}{ByteCount.Format(new DriveInfo(existing).AvailableFreeSpace)} free)", folder);
        }
        catch (Exception failure) when (FileFault.Is(failure))
        {
            return new Finding(name, otherwise, $"'{folder}' cannot be written to: {FileFault.Reason(failure)}.",
                advice) { Value = folder };
        }
    }

    private static string Existing(string folder)
    {
        var path = folder;
        while (!Directory.Exists(path) && Path.GetDirectoryName(path) is { Length: > 0 } parent)
            path = parent;
        return path;
    }
}
