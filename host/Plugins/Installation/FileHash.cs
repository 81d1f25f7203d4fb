using System.Security.Cryptography;

namespace LlmKick.Plugins.Installation;

/// <summary>SHA-512 of files, in base64 as package feeds write it.</summary>
internal static class FileHash
{
    /// <summary>The hash of one file.</summary>
    public static string Of(string path)
    {
        using var file = File.OpenRead(path);
        return Convert.ToBase64String(SHA512.HashData(file));
    }

    /// <summary>The hashes of a folder's files, by path with forward slashes.</summary>
    public static SortedDictionary<string, string> OfFolder(string folder) =>
        new(Files(folder).ToDictionary(file => file, file => Of(Path.Combine(folder, file))), StringComparer.Ordinal);

    /// <summary>The paths of a folder's files, with forward slashes.</summary>
    public static IEnumerable<string> Files(string folder) =>
        Directory.GetFiles(folder, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(folder, file).Replace(Path.DirectorySeparatorChar, '/'));
}
