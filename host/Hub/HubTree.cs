using System.Text.Json;
using System.Text.Json.Nodes;
using LlmKick.Sdk;

namespace LlmKick.Hub;

/// <summary>The files of a repository at a commit.</summary>
/// <param name="Files">By path.</param>
internal sealed record HubTree(IReadOnlyDictionary<string, HubFile> Files)
{
    private const int Version = 1;
    private const int MaxFiles = 1_000_000;
    private const long MaxSize = 1L << 50;

    /// <summary>Makes a tree of what a server lists.</summary>
    /// <exception cref="LlmKickException">A file would leave its folder, hides another, or is larger than any can be.</exception>
    public static HubTree Of(IEnumerable<HubFile> listed, string owner)
    {
        var (files, keys) = (new Dictionary<string, HubFile>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        foreach (var file in listed)
        {
            var fault = SafePath.Fault(file.Path) ?? (file.Size is < 0 or > MaxSize ? $"has {file.Size} bytes, which no file has" : null)
                ?? (SafePath.IsHash(file.BlobId) && (file.Sha256 is null || SafePath.IsSha256(file.Sha256)) ? null : "has no hash")
                ?? (keys.Add(SafePath.Key(file.Path)) ? null : "is there twice, perhaps in another case")
                ?? (files.Count < MaxFiles ? null : $"is one of more than {MaxFiles}");
            if (fault is not null)
                throw new LlmKickException($"The listing of '{owner}' cannot be used: its file '{file.Path}' {fault}. Nothing was "
                    + $"fetched; tell the repository's owner.");
            files[file.Path] = file;
        }
        var folder = files.Keys.SelectMany(SafePath.Folders).FirstOrDefault(files.ContainsKey);
        return folder is null ? new HubTree(files) : throw new LlmKickException($"The listing of '{owner}' cannot be used: its file "
            + $"'{folder}' is a folder too. Nothing was fetched; tell the repository's owner.");
    }

    /// <summary>Reads a tree that a cache keeps; null where it is none that this version can read.</summary>
    public static HubTree? Parse(ReadOnlySpan<byte> text, string owner)
    {
        try
        {
            var root = JsonNode.Parse(text) as JsonObject;
            return root?["format_version"]?.GetValue<int>() == Version && root["files"] is JsonObject files
                ? Of(files.Select(entry => Kept(entry.Key, entry.Value!)), owner) : null;
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException or FormatException or LlmKickException
            or NullReferenceException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Whether a cache keeps a tree in a form of a later version: it is left as it is.</summary>
    public static bool IsOfLaterForm(ReadOnlySpan<byte> text)
    {
        try
        {
            return JsonNode.Parse(text)?["format_version"]?.GetValue<int>() > Version;
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException or FormatException)
        {
            return false;
        }
    }

    /// <summary>The tree as caches keep it.</summary>
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(new JsonObject
    {
        ["format_version"] = Version,
        ["files"] = new JsonObject(Files.Values.OrderBy(file => file.Path, StringComparer.Ordinal)
            .Select(file => KeyValuePair.Create(file.Path, (JsonNode?)Kept(file)))),
    });

    private static HubFile Kept(string path, JsonNode file)
    {
        var sha256 = file["lfs_sha256"]?.GetValue<string>();
        return new HubFile(path, (sha256 is null ? null : file["lfs_size"]?.GetValue<long>()) ?? file["size"]!.GetValue<long>(),
            file["blob_id"]!.GetValue<string>(), sha256, file["xet_hash"]?.GetValue<string>());
    }

    private static JsonObject Kept(HubFile file)
    {
        var kept = new JsonObject { ["size"] = file.Size, ["blob_id"] = file.BlobId };
        if (file.Sha256 is { } sha256)
            (kept["lfs_sha256"], kept["lfs_size"]) = (sha256, file.Size);
        if (file.XetHash is { } xet)
            kept["xet_hash"] = xet;
        return kept;
    }
}
