using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace LlmKick.Storage;

/// <summary>SHA-256 of facts written as JSON with sorted keys: equal facts give equal fingerprints, in whatever order they were put
/// together.</summary>
internal static class Fingerprint
{
    /// <summary>The fingerprint of facts, in hex.</summary>
    public static string Of(JsonNode facts) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Sorted(facts)!.ToJsonString(RunJson.Line))));

    private static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject map => new JsonObject(map.OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => KeyValuePair.Create(pair.Key, Sorted(pair.Value)))),
        JsonArray list => new JsonArray([.. list.Select(Sorted)]),
        _ => node?.DeepClone(),
    };
}
