using System.Text.Json;
using System.Text.Json.Nodes;

namespace LlmKick.Harness.Rows;

/// <summary>Values of rows as JSON, and back.</summary>
internal static class JsonValues
{
    /// <summary>A value of JSON: text, bool, long, double, list or map.</summary>
    public static object? Of(JsonNode? node) => node switch
    {
        JsonObject map => new OrderedDictionary<string, object?>(map.Select(pair => KeyValuePair.Create(pair.Key, Of(pair.Value)))),
        JsonArray list => list.Select(Of).ToList(),
        JsonValue value when value.TryGetValue<string>(out var text) => text,
        JsonValue value when value.TryGetValue<bool>(out var flag) => flag,
        JsonValue value when value.TryGetValue<long>(out var whole) => whole,
        JsonValue value when value.TryGetValue<int>(out var whole) => (long)whole,
        JsonValue value => value.GetValue<double>(),
        _ => null,
    };

    /// <summary>A value as JSON; a number that is none as its name.</summary>
    public static JsonNode? Node(object? value) => value switch
    {
        null => null,
        string text => JsonValue.Create(text),
        bool flag => JsonValue.Create(flag),
        int whole => JsonValue.Create(whole),
        long whole => JsonValue.Create(whole),
        double number => double.IsFinite(number) ? JsonValue.Create(number) : JsonValue.Create(Python.PythonText.Float(number)),
        JsonNode node => node.DeepClone(),
        IReadOnlyDictionary<string, object?> map => new JsonObject(map.Select(pair => KeyValuePair.Create(pair.Key, Node(pair.Value)))),
        System.Collections.IEnumerable list => new JsonArray([.. list.Cast<object?>().Select(Node)]),
        _ => JsonValue.Create(Python.PythonText.Str(value)),
    };
}
