using System.Globalization;
using System.Text.Json.Nodes;
using LlmKick.Recipes.Yaml;

namespace LlmKick.Tests.Recipes;

/// <summary>YAML as JSON, by YAML's core schema: what an editor checks by a JSON schema.</summary>
internal static class YamlJson
{
    public static JsonNode? Read(string yaml) =>
        Convert(YamlReader.Read(yaml, new Place(new SourceText("text", "/"), 1, 1), new ProblemList()));

    private static JsonNode? Convert(Node? node) => node switch
    {
        MapNode map => new JsonObject(map.Entries.Select(entry => KeyValuePair.Create(entry.Key.Text, Convert(entry.Value)))),
        ListNode list => new JsonArray([.. list.Items.Select(Convert)]),
        ScalarNode { IsNull: false } scalar => Scalar(scalar),
        _ => null,
    };

    private static JsonNode Scalar(ScalarNode scalar) => scalar switch
    {
        { IsQuoted: true } => scalar.Text,
        { Text: "true" or "false" } => scalar.Text == "true",
        _ when double.TryParse(scalar.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
        _ => scalar.Text,
    };
}
