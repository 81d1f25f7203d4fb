using System.Text.Json.Nodes;
using LlmKick.Hub;
using LlmKick.Storage;

namespace LlmKick.Commands;

/// <summary>What is kept of other machines, for scripts.</summary>
internal static class CacheJson
{
    public static JsonObject List(HubKind kind, HubSettings settings, IReadOnlyList<CachedRepository> kept, IReadOnlyList<WebFile> files,
        long total)
    {
        var json = new JsonObject
        {
            ["format"] = "llmkick/cache@1",
            ["cache"] = settings.CacheFolder,
            ["bytes"] = total,
            ["repositories"] = Json.List(kept, one => new JsonObject
            {
                ["name"] = one.Repository.Name,
                ["bytes"] = CachedRepository.Size([one]),
                ["unfinished_bytes"] = one.Unfinished,
                ["revisions"] = Json.List(one.Commits, commit => new JsonObject
                {
                    ["commit"] = commit.Name,
                    ["names"] = Json.List(commit.References, name => (JsonNode)name),
                    ["files"] = commit.Files.Count,
                    ["missing"] = commit.Files.Count(file => file.Target is null),
                }),
            }),
        };
        if (kind == HubKind.Dataset)
            json["files"] = Json.List(files, file => new JsonObject { ["sha256"] = file.Sha256, ["path"] = file.Path,
                ["bytes"] = file.Bytes });
        return json;
    }
}
