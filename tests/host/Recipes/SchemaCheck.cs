using System.Text.Json.Nodes;

namespace LlmKick.Tests.Recipes;

/// <summary>Checks JSON by the keywords of JSON schema that recipes' schema uses; an unknown keyword throws.</summary>
internal sealed class SchemaCheck(JsonObject root)
{
    /// <summary>Whether a document fits the schema.</summary>
    public bool Fits(JsonNode? node) => Fits(node, root);

    private bool Fits(JsonNode? node, JsonObject schema) => schema.All(rule => rule.Key switch
    {
        "$schema" or "$defs" or "title" or "description" or "default" => true,
        "$ref" => Fits(node, root["$defs"]![((string)rule.Value!)["#/$defs/".Length..]]!.AsObject()),
        "anyOf" => rule.Value!.AsArray().Any(option => Fits(node, option!.AsObject())),
        "enum" => rule.Value!.AsArray().Any(choice => JsonNode.DeepEquals(choice, node)),
        "type" => (rule.Value is JsonArray types ? types.Select(type => (string)type!) : [(string)rule.Value!])
            .Any(type => IsType(node, type)),
        "minimum" => node is not JsonValue low || (double)low >= (double)rule.Value!,
        "maximum" => node is not JsonValue high || (double)high <= (double)rule.Value!,
        "items" => node is not JsonArray items || items.All(item => Fits(item, rule.Value!.AsObject())),
        "minItems" => node is not JsonArray list || list.Count >= (int)rule.Value!,
        "minProperties" => node is not JsonObject few || few.Count >= (int)rule.Value!,
        "maxProperties" => node is not JsonObject many || many.Count <= (int)rule.Value!,
        "required" => node is not JsonObject given || rule.Value!.AsArray().All(key => given.ContainsKey((string)key!)),
        "properties" => node is not JsonObject map
            || map.All(entry => rule.Value![entry.Key] is not JsonObject inner || Fits(entry.Value, inner)),
        "additionalProperties" => node is not JsonObject closed
            || closed.All(entry => schema["properties"]!.AsObject().ContainsKey(entry.Key)),
        _ => throw new NotSupportedException(rule.Key),
    });

    private static bool IsType(JsonNode? node, string type) => type switch
    {
        "null" => node is null,
        "object" => node is JsonObject,
        "array" => node is JsonArray,
        "string" => node?.GetValueKind() == System.Text.Json.JsonValueKind.String,
        "boolean" => node?.GetValueKind() is System.Text.Json.JsonValueKind.True or System.Text.Json.JsonValueKind.False,
        "number" => node?.GetValueKind() == System.Text.Json.JsonValueKind.Number,
        "integer" => node?.GetValueKind() == System.Text.Json.JsonValueKind.Number && double.IsInteger((double)node),
        _ => throw new NotSupportedException(type),
    };
}
