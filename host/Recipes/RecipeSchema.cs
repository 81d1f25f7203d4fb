using System.Text.Json.Nodes;
using LlmKick.Plugins;

namespace LlmKick.Recipes;

/// <summary>The JSON schema of recipes.</summary>
internal static class RecipeSchema
{
    public static JsonObject Create(PluginCatalog catalog) => new()
    {
        ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
    };
}
