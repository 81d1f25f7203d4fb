using System.Text.Json.Nodes;
using LlmKick.Hub;

namespace LlmKick.Commands;

/// <summary>What would be fetched, for scripts.</summary>
internal static class FetchJson
{
    public static JsonArray Of(IEnumerable<PlannedFetch> fetches) => new([.. fetches.Select(fetch => new JsonObject
    {
        ["address"] = fetch.Address.Text,
        ["bytes"] = fetch.Bytes,
        ["files"] = fetch.Files,
        ["reason"] = fetch.Reason,
    })]);
}
