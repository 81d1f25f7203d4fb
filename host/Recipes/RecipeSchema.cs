using System.Text.Json.Nodes;
using LlmKick.Options;
using LlmKick.Plugins;

namespace LlmKick.Recipes;

/// <summary>The JSON schema of recipes, with the options of every component found, so that editors complete and check.</summary>
internal static class RecipeSchema
{
    public static JsonObject Create(PluginCatalog catalog)
    {
        var root = OptionSchema.Object(OptionSetReader.Read(typeof(RecipeSettings)), sweeps: false);
        var properties = root["properties"]!.AsObject();
        properties["model"] = Reference("model");
        properties["judge"] = Reference("model");
        properties["calibration"] = OptionSchema.Object(OptionSetReader.Read(typeof(CalibrationSpec)), sweeps: false);
        properties["require"] = Require();
        properties["references"] = new JsonObject
        {
            ["type"] = "array",
            ["items"] = OptionSchema.Object(OptionSetReader.Read(typeof(ReferenceSpec)), sweeps: false),
        };
        properties["plugins"]!["items"] = AnyOf(new JsonObject { ["type"] = "string" }, PluginNeed());
        properties["variants"] = ListOf("variant");
        properties["tasks"] = ListOf("task");
        root["required"] = new JsonArray("model", "variants", "tasks");
        root["$schema"] = "https://json-schema.org/draft/2020-12/schema";
        root["title"] = "LlmKick recipe";
        root["$defs"] = Definitions(catalog);
        return root;
    }

    private static JsonObject Require()
    {
        var schema = OptionSchema.Object(OptionSetReader.Read(typeof(RequireSpec)), sweeps: false);
        schema["anyOf"] = new JsonArray(new JsonObject { ["required"] = new JsonArray("recovery") },
            new JsonObject { ["required"] = new JsonArray("coverage") });
        return schema;
    }

    private static JsonObject PluginNeed()
    {
        var schema = OptionSchema.Object(OptionSetReader.Read(typeof(PluginNeed)), sweeps: false);
        schema["properties"]!["version"]!["type"] = new JsonArray("string", "number"); // 1.2 without quotes
        return schema;
    }

    private static JsonObject Definitions(PluginCatalog catalog) => new()
    {
        ["model"] = Component(catalog, PluginKind.Model, []),
        ["compressor"] = Component(catalog, PluginKind.Compressor, [Entry.Dense]),
        ["variant"] = AnyOf(Reference("compressor"), LongForm(AnyOf(Reference("compressor"), ListOf("compressor")), Save(catalog))),
        ["task_use"] = Component(catalog, PluginKind.Task, []),
        ["task"] = AnyOf(Reference("task_use"), LongForm(AnyOf(Reference("task_use")), save: null)),
    };

    private static JsonObject Component(PluginCatalog catalog, PluginKind kind, IEnumerable<string> more)
    {
        var components = catalog.Components.Where(component => component.Kind == kind).ToList();
        var bare = components.Where(component => !component.Options.Options.Any(option => option.Facts.Required))
            .Select(component => component.Name).Concat(more);
        return AnyOf(
            new JsonObject { ["enum"] = new JsonArray([.. bare.Select(name => JsonValue.Create(name))]) },
            new JsonObject
            {
                ["type"] = "object",
                ["properties"] =
                    new JsonObject(components.Select(component => KeyValuePair.Create(component.Name, (JsonNode?)Options(component)))),
                ["additionalProperties"] = false,
                ["minProperties"] = 1,
                ["maxProperties"] = 1,
            });
    }

    private static JsonObject Options(PluginComponent component)
    {
        var schema = OptionSchema.Object(component.Options, sweeps: component.Kind != PluginKind.Model);
        schema["description"] = component.Help;
        return schema;
    }

    private static JsonObject LongForm(JsonObject use, JsonObject? save)
    {
        var schema = OptionSchema.Object(OptionSetReader.Read(typeof(EntrySettings)), sweeps: false);
        var properties = schema["properties"]!.AsObject();
        properties["use"] = use;
        properties[SeedCount.Key] = AnyOf(properties[SeedCount.Key]!.DeepClone(),
            new JsonObject { ["type"] = "integer", ["minimum"] = 1.0, ["maximum"] = (double)SeedCount.Most });
        if (save is not null)
            (properties["model"], properties["save"], properties["calibration"]) = (Reference("model"), save, OwnCalibration());
        schema["required"] = new JsonArray("use");
        return schema;
    }

    private static JsonObject Save(PluginCatalog catalog)
    {
        var one = OptionSchema.Object(OptionSetReader.Read(typeof(SaveSpec)), sweeps: false);
        one["properties"]!["format"]!["enum"] = new JsonArray([.. catalog.Formats.Select(writer => JsonValue.Create(writer.Format.Name))]);
        return AnyOf(one, new JsonObject { ["type"] = "array", ["items"] = one.DeepClone(), ["minItems"] = 1 });
    }

    /// <summary>What a variant says over what the recipe says: nothing is required, and lists sweep.</summary>
    private static JsonObject OwnCalibration()
    {
        var schema = OptionSchema.Object(OptionSetReader.Read(typeof(CalibrationSpec)), sweeps: true);
        schema.Remove("required");
        return schema;
    }

    private static JsonObject Reference(string definition) => new() { ["$ref"] = "#/$defs/" + definition };

    private static JsonObject ListOf(string definition) =>
        new() { ["type"] = "array", ["items"] = Reference(definition), ["minItems"] = 1 };

    private static JsonObject AnyOf(params JsonNode[] schemas) => new() { ["anyOf"] = new JsonArray(schemas) };
}
