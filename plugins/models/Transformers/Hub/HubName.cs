namespace LlmKick.Transformers.Hub;

/// <summary>Names on the Hugging Face hub: <c>org/name</c>.</summary>
internal static class HubName
{
    private const string Prefix = "models--";

    /// <summary>The name of the model whose snapshot in the hub's cache a folder is; null where it is none.</summary>
    public static string? OfSnapshot(string folder)
    {
        var all = Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
        return Path.GetFileName(all) == "snapshots" && Path.GetFileName(Path.GetDirectoryName(all)) is { } own
            && own.StartsWith(Prefix, StringComparison.Ordinal)
            ? own[Prefix.Length..].Replace("--", "/", StringComparison.Ordinal) : null;
    }
}
