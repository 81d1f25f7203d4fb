using System.Text.Json;
using System.Text.Json.Nodes;

namespace LlmKick.Storage;

/// <summary>Values of report documents.</summary>
internal static class Json
{
    /// <summary>Any value in the way of a run's files: NaN and infinities become null.</summary>
    public static JsonNode? Of<T>(T value) => JsonSerializer.SerializeToNode(value, RunJson.Line);

    /// <summary>An object with a property for each item.</summary>
    public static JsonObject Map<T>(IEnumerable<T> items, Func<T, string> key, Func<T, JsonNode?> value) =>
        new(items.Select(item => KeyValuePair.Create(key(item), value(item))));

    /// <summary>An array with an element for each item.</summary>
    public static JsonArray List<T>(IEnumerable<T> items, Func<T, JsonNode?> value) => new([.. items.Select(value)]);
}
