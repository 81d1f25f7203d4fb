namespace LlmKick.Sdk.Files;

/// <summary>One file, or several that belong together: those of a folder, or those that a pattern names, such as
/// <c>train-*.parquet</c>. Only the last part of a path is a pattern.</summary>
public static class FileSet
{
    private static readonly EnumerationOptions Visible = new()
    {
        MatchType = MatchType.Simple,
        MatchCasing = MatchCasing.CaseSensitive,
        AttributesToSkip = FileAttributes.Hidden | FileAttributes.System,
    };

    /// <summary>Whether there is such a file or folder, or a file that the pattern names.</summary>
    /// <param name="path">A file, a folder or a pattern.</param>
    public static bool Exists(string path) => Path.Exists(path) || Matching(path).Any();

    /// <summary>The files in the order of their names; hidden ones and those of folders inside are left out.</summary>
    /// <param name="path">A file, a folder or a pattern.</param>
    /// <returns>None where there are none.</returns>
    public static IReadOnlyList<string> Of(string path) => File.Exists(path) ? [path]
        : [.. (Directory.Exists(path) ? Directory.EnumerateFiles(path, "*", Visible) : Matching(path)).Order(StringComparer.Ordinal)];

    private static IEnumerable<string> Matching(string path) =>
        Path.GetFileName(path) is var name && name.AsSpan().ContainsAny('*', '?')
        && Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder && Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder, name, Visible) : [];
}
