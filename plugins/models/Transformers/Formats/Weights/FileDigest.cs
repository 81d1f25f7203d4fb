using System.Security.Cryptography;
using System.Text;
using LlmKick.Transformers.Hub;

namespace LlmKick.Transformers.Formats.Weights;

/// <summary>SHA-256 over files: over the bytes of one, or over the names and hashes of several.</summary>
internal static class FileDigest
{
    public static string OfFile(string path) => Convert.ToHexStringLower(Hash(path));

    public static string OfFiles(IEnumerable<string> paths)
    {
        using var all = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var path in paths.OrderBy(Path.GetFileName, StringComparer.Ordinal))
            all.AppendData(Encoding.UTF8.GetBytes($"{Convert.ToHexStringLower(Hash(path))}  {Path.GetFileName(path)}\n"));
        return Convert.ToHexStringLower(all.GetHashAndReset());
    }

    /// <summary>The hash of texts together.</summary>
    public static string OfTexts(params IEnumerable<string> texts) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', texts))));

    private static byte[] Hash(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 20, FileOptions.SequentialScan);
        var hash = SHA256.HashData(stream);
        HubBlob.Check(path, hash);
        return hash;
    }
}
