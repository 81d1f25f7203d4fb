using System.Collections;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using LlmKick.Options;
using LlmKick.Recipes;
using LlmKick.Sdk.Files;
using LlmKick.Storage;

namespace LlmKick.Runs.Plan;

/// <summary>Describes components as far as they decide results: every option as bound, the plugin's build, the content of files that
/// options name.</summary>
/// <param name="hashes">Hashes files and folders.</param>
internal sealed class ComponentFacts(CachedHash hashes)
{
    /// <summary>The component, its plugin's build and its options, without what paths lead to.</summary>
    public JsonObject Settings(ComponentUse use) => new()
    {
        ["component"] = use.Component.Name,
        ["plugin"] = hashes.OfPlugin(Path.GetDirectoryName(use.Component.Plugin.Path)!),
        ["options"] = Options(use.Component.Options, use.Options),
    };

    /// <summary>The settings and the content of every file or folder that an option names, with its name's ending: it says how a file is
    /// read.</summary>
    public JsonObject WithData(ComponentUse use)
    {
        var facts = Settings(use);
        facts["data"] = Data(use);
        facts["formats"] = new JsonArray([.. Paths(use).Select(path => JsonValue.Create(Path.GetExtension(path)))]);
        return facts;
    }

    /// <summary>The content hash behind each path option.</summary>
    public JsonObject Data(ComponentUse use) => new(PathOptions(use)
        .Select(option => KeyValuePair.Create(option.Key,
            (JsonNode?)new JsonArray([.. option.Places.Where(IsThere).Select(path => JsonValue.Create(hashes.Of(path)))]))));

    /// <summary>The files and folders that options name.</summary>
    public static IEnumerable<string> Paths(ComponentUse use) => Places(use).Where(IsThere);

    /// <summary>What options name: files and folders, and models by their names.</summary>
    public static IEnumerable<string> Places(ComponentUse use) => PathOptions(use).SelectMany(option => option.Places);

    private static JsonObject Options(OptionSet set, object record) => new(
        from option in set.Options
        let value = option.Property.GetValue(record)
        where (!option.Facts.IsPath || option.IsName(value)) && !option.Facts.ChangesNothing
        select KeyValuePair.Create(option.Key, option.Inner is { } inner && value is not null ? Options(inner, value) : Json(value)));

    private static IEnumerable<(string Key, IReadOnlyList<string> Places)> PathOptions(ComponentUse use) =>
        PathOptions(use.Component.Options, use.Options, "");

    private static IEnumerable<(string Key, IReadOnlyList<string> Places)> PathOptions(OptionSet set, object record, string prefix)
    {
        foreach (var option in set.Options)
        {
            var value = option.Property.GetValue(record);
            if (option.Facts.IsPath && !option.IsName(value))
                yield return (prefix + option.Key, [.. value as IEnumerable<string> ?? (value is string path ? [path] : [])]);
            if (option.Inner is { } inner && value is not null)
                foreach (var one in PathOptions(inner, value, $"{prefix}{option.Key}."))
                    yield return one;
        }
    }

    /// <summary>Paths in recipes are absolute; a model's name is none, whatever lies in the current folder.</summary>
    private static bool IsThere(string path) => Path.IsPathRooted(path) && FileSet.Exists(path);

    private static JsonNode? Json(object? value) => value switch
    {
        null => null,
        JsonNode json => json.DeepClone(),
        string or bool or int or long or double => JsonSerializer.SerializeToNode(value),
        IEnumerable list => new JsonArray([.. list.Cast<object?>().Select(Json)]),
        IFormattable scalar => scalar.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };
}
