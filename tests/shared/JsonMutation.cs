using System.Text;
using System.Text.Json.Nodes;

namespace LlmKick.Tests;

/// <summary>JSON whose values were exchanged for others, so that most of it still parses.</summary>
internal static class JsonMutation
{
    private static readonly string[] Odd =
    [
        "null", "true", "false", "0", "1", "-1", "2", "3", "7", "8", "32", "1.5", "1e999", "2147483647", "-2147483648",
        "9223372036854775807", "18446744073709551616", "\"\"", "\"x\"",
        "\"\\u0000\"", "\"F32\"", "\"I32\"", "\"I64\"", "\"U8\"", "\"F8_E4M3\"", "\"BF16\"", "\"gptq\"", "\"awq\"",
        "\"compressed-tensors\"", "\"re:(a+)+$\"", "\"re:[\"", "\"re:a{9999}\"", "\"2:4\"",
        "\"sparse-bitmask\"", "\"pack-quantized\"", "\"group\"", "\"tensor\"", "\"float\"", "[]", "{}", "[0]", "[0,9223372036854775807]",
        "[[[[]]]]", "{\"a\":{}}", "[null]", "{\"format\":\"dense\"}",
    ];

    public static byte[] Change(byte[] valid, Random random)
    {
        var text = Encoding.UTF8.GetString(valid);
        var root = JsonNode.Parse(text)!;
        for (var changes = 1 + random.Next(2); changes > 0; changes--)
            ChangeOne(root, random);
        return Encoding.UTF8.GetBytes(root.ToJsonString());
    }

    /// <summary>Changes one value somewhere below.</summary>
    public static void ChangeOne(JsonNode root, Random random)
    {
        var places = Places(root, 0).ToList();
        if (places.Count == 0)
            return;
        var (parent, key, index) = places[random.Next(places.Count)];
        var other = random.Next(4) == 0 ? places[random.Next(places.Count)] is var (from, fromKey, fromIndex)
            ? Get(from, fromKey, fromIndex)?.DeepClone() : null : JsonNode.Parse(Value(random));
        switch (random.Next(8))
        {
            case 0 when parent is JsonObject map:
                map.Remove(key!);
                break;
            case 1 when parent is JsonObject map:
                map[key! + (random.Next(2) == 0 ? "x" : "\u0001")] = other;
                break;
            case 0 when parent is JsonArray list:
                list.RemoveAt(index);
                break;
            case 1 when parent is JsonArray list:
                list.Insert(index, other);
                break;
            default:
                Set(parent, key, index, other);
                break;
        }
    }

    private static string Value(Random random) => Odd[random.Next(Odd.Length)] is "1e999" && random.Next(2) == 0 ? "1e30"
        : Odd[random.Next(Odd.Length)];

    private static JsonNode? Get(JsonNode parent, string? key, int index) => parent is JsonObject map ? map[key!] : parent.AsArray()[index];

    private static void Set(JsonNode parent, string? key, int index, JsonNode? value)
    {
        if (parent is JsonObject map)
            map[key!] = value;
        else
            parent.AsArray()[index] = value;
    }

    private static IEnumerable<(JsonNode Parent, string? Key, int Index)> Places(JsonNode? node, int depth) => node switch
    {
        JsonObject map when depth < 8 => map.SelectMany(pair => Places(pair.Value, depth + 1).Prepend((map, pair.Key, 0))),
        JsonArray list when depth < 8 => list.SelectMany((item, i) => Places(item, depth + 1).Prepend((list, null, i))),
        _ => [],
    };
}
