using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using LlmKick.Recipes.Yaml;

namespace LlmKick.Recipes.Binding;

/// <summary>YAML as JSON, by the types of YAML 1.2: what is in quotes is text, <c>1.0</c> stays a number with a point.</summary>
internal static class NodeJson
{
    /// <summary>A map.</summary>
    public static JsonObject Of(MapNode map) => new(map.Entries.Select(entry => KeyValuePair.Create(entry.Key.Text, Of(entry.Value))));

    private static JsonNode? Of(Node node) => node switch
    {
        MapNode map => Of(map),
        ListNode list => new JsonArray([.. list.Items.Select(Of)]),
        ScalarNode { IsNull: true } => null,
        ScalarNode { IsQuoted: false, Text: "true" or "false" } word => word.Text == "true",
        ScalarNode { IsQuoted: false } scalar => Number(scalar.Text) ?? JsonValue.Create(scalar.Text),
        ScalarNode scalar => JsonValue.Create(scalar.Text),
        _ => throw new InvalidOperationException(node.GetType().Name),
    };

    private static JsonNode? Number(string text)
    {
        if (!double.TryParse(text, NumberStyles.Float & ~(NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite),
            CultureInfo.InvariantCulture, out var number) || !double.IsFinite(number))
            return null;
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return null; // 007 and +1 are no numbers of JSON's: they stay text
        }
    }
}
