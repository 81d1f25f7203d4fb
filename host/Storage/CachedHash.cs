using System.Security.Cryptography;
using System.Text;
using LlmKick.Sdk.Files;

namespace LlmKick.Storage;

/// <summary>SHA-256 of files and folders.</summary>
/// <param name="cache">Keeps the hashes.</param>
internal sealed class CachedHash(FactCache cache)
{
    /// <summary>The hash of a file's bytes, or of a folder's or a pattern's names and files, in hex.</summary>
    /// <param name="path">An existing file or folder, or a pattern of existing files.</param>
    public string Of(string path) => Directory.Exists(path) ? OfFolder(path, _ => true)
        : File.Exists(path) ? OfFile(Path.GetFullPath(path))
        : Of(FileSet.Of(path).Select(file => (Path.GetFileName(file), Path.GetFullPath(file))));

    /// <summary>
    /// The hash of a plugin's build. What lies under <c>runtimes</c> is left out: which platforms' natives are there depends on the
    /// package, and their versions are in the plugin's list of dependencies.
    /// </summary>
    /// <param name="folder">The plugin's folder.</param>
    public string OfPlugin(string folder) => OfFolder(folder, name => !name.StartsWith("runtimes/", StringComparison.Ordinal));

    private string OfFile(string path) => cache.Get("file " + path, () => Read(path)).GetValue<string>();

    private static CachedFact Read(string path)
    {
        var stamp = FileStamp.Of(path);
        using var stream = File.OpenRead(path);
        return new CachedFact([stamp], Convert.ToHexStringLower(SHA256.HashData(stream)));
    }

    private string OfFolder(string folder, Func<string, bool> counts)
    {
        return Of(Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(file => (Name: Path.GetRelativePath(folder, file).Replace('\\', '/'), File: Path.GetFullPath(file)))
            .Where(entry => counts(entry.Name)));
    }

    private string Of(IEnumerable<(string Name, string File)> files)
    {
        var lines = files.OrderBy(entry => entry.Name, StringComparer.Ordinal)
            .Select(entry => $"{OfFile(entry.File)} {entry.Name}\n");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(lines))));
    }
}
