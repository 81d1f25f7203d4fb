using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using LlmKick.Sdk;

namespace LlmKick.Transformers.Hub;

/// <summary>Large files of the hub's cache are called by the SHA-256 of what they hold, so that damage shows.</summary>
internal static partial class HubBlob
{
    private static readonly ConcurrentDictionary<(string Path, DateTime Written), bool> Checked = new();

    /// <summary>Reads a file, if it is such a blob and was not read before, and refuses it where its content is another.</summary>
    public static void Check(string path)
    {
        if (Target(path) is not { } blob || Checked.ContainsKey(Key(blob)))
            return;
        using var stream = new FileStream(blob, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 20, FileOptions.SequentialScan);
        Check(path, SHA256.HashData(stream));
    }

    /// <summary>The same for a file whose hash is known.</summary>
    public static void Check(string path, byte[] hash)
    {
        if (Target(path) is not { } blob)
            return;
        if (Path.GetFileName(blob) != Convert.ToHexStringLower(hash))
            throw new LlmKickException($"'{path}' is not what was downloaded: it leads to '{blob}', whose name is the SHA-256 of its "
                + $"content, and its content has another. 'llmkick model verify --repair' fetches it again.");
        Checked[Key(blob)] = true;
    }

    private static (string Path, DateTime Written) Key(string blob) => (blob, File.GetLastWriteTimeUtc(blob));

    private static string? Target(string path) =>
        new FileInfo(path).ResolveLinkTarget(returnFinalTarget: true)?.FullName is { } target && Name().IsMatch(target)
            && File.Exists(target) ? target : null;

    [GeneratedRegex(@"[/\\]blobs[/\\][0-9a-f]{64}$", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
