using System.Security.Cryptography;

namespace LlmKick.Hub;

/// <summary>A file of another server that is kept, or a part of one.</summary>
/// <param name="Sha256">The hash that it should have.</param>
/// <param name="Path">Where it is; null where its download was not ended.</param>
/// <param name="Bytes">Bytes of it, and of what was unpacked.</param>
internal sealed record WebFile(string Sha256, string? Path, long Bytes)
{
    /// <summary>What is kept in a folder.</summary>
    public static IReadOnlyList<WebFile> All(string folder) => !Directory.Exists(folder) ? []
        : [.. Directory.GetFileSystemEntries(folder).Select(entry => System.IO.Path.GetFileName(entry).Split('.')[0])
            .Where(SafePath.IsSha256).Distinct().Order(StringComparer.Ordinal).Select(hash => Of(folder, hash))
            .Where(file => file.Bytes > 0)];

    /// <summary>Whether it still holds what it should; what was not ended is not asked.</summary>
    public async Task<bool> IsRightAsync(CancellationToken cancellationToken)
    {
        if (Path is null)
            return true;
        await using var stream = File.OpenRead(Path);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken)) == Sha256;
    }

    /// <summary>Removes it from its folder.</summary>
    public void Remove(string folder)
    {
        foreach (var entry in Directory.GetFileSystemEntries(folder, Sha256 + "*"))
            if (Directory.Exists(entry))
                Directory.Delete(entry, recursive: true);
            else
                File.Delete(entry);
    }

    private static WebFile Of(string folder, string hash)
    {
        var own = System.IO.Path.Combine(folder, hash);
        return new WebFile(hash, Directory.Exists(own) ? Directory.GetFiles(own).FirstOrDefault() : null,
            Directory.GetFileSystemEntries(folder, hash + "*").Sum(entry => Directory.Exists(entry)
                ? new DirectoryInfo(entry).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length)
                : new FileInfo(entry).Length));
    }
}
