using System.Text.Json;
using System.Text.Json.Nodes;
using LlmKick.Sdk;
using LlmKick.Transformers.Configuration;

namespace LlmKick.Transformers.Weights;

/// <summary>Settings that GGUF metadata have either once or as a list of one a block.</summary>
internal static class GgufBlocks
{
    private static readonly Key[] Listed = [Keys.Heads, Keys.KeyValueHeads, Keys.FeedForwardWidth];

    /// <summary>The settings of the first block that has any as those of all, and what stands over them in each block where any has a
    /// list.</summary>
    /// <param name="path">The file.</param>
    /// <param name="section">The metadata of the architecture.</param>
    /// <param name="prefix">What stands before their keys.</param>
    public static (ConfigFields Fields, IReadOnlyDictionary<int, ConfigFields>? Blocks) Read(string path, JsonElement section,
        string prefix)
    {
        var lists = Listed.Where(key => section.TryGetProperty(key.Gguf!, out var value) && value.ValueKind == JsonValueKind.Array)
            .ToDictionary(key => key.Gguf!, key => section.GetProperty(key.Gguf!).EnumerateArray().ToList());
        if (lists.Count == 0)
            return (new ConfigFields(path, section, prefix) { IsGguf = true }, null);
        var count = new ConfigFields(path, section, prefix) { IsGguf = true }.Need(Keys.Blocks);
        foreach (var (key, list) in lists)
            if (list.Count != count)
                throw new LlmKickException(
                    $"'{path}' has {list.Count} numbers in '{prefix}{key}' for {count} blocks: it needs one, or one for each.");
        return (Fields(path, prefix, First(section, lists)),
            Enumerable.Range(0, count).ToDictionary(block => block, block => Fields(path, prefix, Of(lists, block))));
    }

    private static JsonObject First(JsonElement section, Dictionary<string, List<JsonElement>> lists)
    {
        var first = JsonObject.Create(section)!;
        foreach (var (key, list) in lists)
            first[key] = JsonValue.Create(list.Find(value => value.ToString() != "0") is { ValueKind: not JsonValueKind.Undefined } some
                ? some : list[0]);
        return first;
    }

    private static JsonObject Of(Dictionary<string, List<JsonElement>> lists, int block) =>
        new(lists.Select(list => KeyValuePair.Create(list.Key, (JsonNode?)JsonValue.Create(list.Value[block]))));

    private static ConfigFields Fields(string path, string prefix, JsonObject json) =>
        new(path, JsonSerializer.SerializeToElement(json), prefix) { IsGguf = true };
}
