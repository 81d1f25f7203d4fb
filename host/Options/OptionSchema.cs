using System.Text.Json.Nodes;
using LlmKick.Hub;

namespace LlmKick.Options;

/// <summary>JSON schemas of options.</summary>
internal static class OptionSchema
{
    /// <summary>The schema of a map of options.</summary>
    /// <param name="set">The options.</param>
    /// <param name="sweeps">Whether a list may stand for one value each.</param>
    public static JsonObject Object(OptionSet set, bool sweeps)
    {
        var required = set.Options.Where(option => option.Facts.Required).Select(option => (JsonNode?)option.Key).ToArray();
        return new JsonObject
        {
            ["type"] = required.Length > 0 ? "object" : new JsonArray("object", "null"),
            ["properties"] =
                new JsonObject(set.Options.Select(option => KeyValuePair.Create(option.Key, (JsonNode?)Property(option, sweeps)))),
            ["required"] = new JsonArray(required),
            ["additionalProperties"] = false,
        };
    }

    private static JsonObject Property(OptionDescription option, bool sweeps)
    {
        var single = option.IsList ? ListOf(Scalar(option)) : Scalar(option);
        var many = ListOf(option.IsList ? ListOf(Scalar(option)) : Scalar(option));
        many["minItems"] = 1;
        JsonObject?[] forms = [single, sweeps ? many : null, IsNullable(option) ? new JsonObject { ["type"] = "null" } : null];
        var given = forms.OfType<JsonObject>().ToArray();
        var schema = given.Length == 1 ? single : new JsonObject { ["anyOf"] = new JsonArray([.. given]) };
        schema["description"] = option.Facts.Help;
        if (option.Default is not null)
            schema["default"] = OptionJson.Value(option.Default);
        return schema;
    }

    private static JsonObject Scalar(OptionDescription option)
    {
        if (option.IsMap)
            return new JsonObject { ["type"] = "object" };
        if (option.Inner is { } inner)
            return inner.Alone is { } alone ? new JsonObject { ["anyOf"] = new JsonArray(Object(inner, sweeps: false), Scalar(alone)) }
                : Object(inner, sweeps: false);
        if (OptionJson.Choices(option) is { } choices)
            return new JsonObject { ["enum"] = new JsonArray([.. choices.Select(choice => JsonValue.Create(choice))]) };
        var schema = new JsonObject { ["type"] = TypeName(option.ElementType) };
        if (NamedData.For(option.Facts.Layout).Select(data => (JsonNode?)data.Name).ToArray() is { Length: > 0 } names)
            return new JsonObject { ["anyOf"] = new JsonArray(new JsonObject { ["enum"] = new JsonArray(names) }, schema) };
        if (double.IsFinite(option.Facts.Min))
            schema["minimum"] = option.Facts.Min;
        if (double.IsFinite(option.Facts.Max))
            schema["maximum"] = option.Facts.Max;
        return schema;
    }

    private static JsonObject ListOf(JsonObject items) => new() { ["type"] = "array", ["items"] = items };

    private static bool IsNullable(OptionDescription option) =>
        Nullable.GetUnderlyingType(option.Property.PropertyType) is not null
            || (option.Default is null && (option.IsMap || option.Inner is not null));

    private static string TypeName(Type type) => type switch
    {
        _ when type == typeof(bool) => "boolean",
        _ when type == typeof(int) || type == typeof(long) => "integer",
        _ when type == typeof(double) => "number",
        _ => "string",
    };
}
