using System.Collections;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using LlmKick.Data;
using LlmKick.Recipes;

namespace LlmKick.Runs;

/// <summary>Describes components as far as they decide results: every option as bound, the plugin's build, the content of files that options name.</summary>
/// <param name="hashes">Hashes files and folders.</param>
internal sealed class ComponentFacts(ContentHash hashes)
{
    /// <summary>The component, its plugin's build and its options, without what paths lead to.</summary>
    public JsonObject Settings(ComponentUse use) => new()
    {
        ["component"] = use.Component.Name,
        ["plugin"] = hashes.Of(Path.GetDirectoryName(use.Component.Plugin.Path)!),
        ["options"] = new JsonObject(use.Component.Options.Options.Where(option => (!option.Facts.IsPath || IsWord(option, use)) && !option.Facts.ChangesNothing)
            .Select(option => KeyValuePair.Create(option.Key, Json(option.Property.GetValue(use.Options))))),
    };

    /// <summary>The settings and the content of every file or folder that an option names, with its name's ending: it says how a file is read.</summary>
    public JsonObject WithData(ComponentUse use)
    {
        var facts = Settings(use);
        facts["data"] = Data(use);
        facts["formats"] = new JsonArray([.. Paths(use).Select(path => JsonValue.Create(Path.GetExtension(path)))]);
        return facts;
    }

    /// <summary>The content hash behind each path option.</summary>
    public JsonObject Data(ComponentUse use) => new(PathOptions(use)
        .Select(option => KeyValuePair.Create(option.Key, (JsonNode?)new JsonArray([.. option.Paths.Select(path => JsonValue.Create(hashes.Of(path)))]))));

    /// <summary>The files and folders that options name.</summary>
    public static IEnumerable<string> Paths(ComponentUse use) => PathOptions(use).SelectMany(option => option.Paths);

    private static IEnumerable<(string Key, IReadOnlyList<string> Paths)> PathOptions(ComponentUse use) =>
        from option in use.Component.Options.Options
        where option.Facts.IsPath && !IsWord(option, use)
        let value = option.Property.GetValue(use.Options)
        select (option.Key, Existing(value as IEnumerable<string> ?? (value is string path ? [path] : [])));

    private static bool IsWord(OptionDescription option, ComponentUse use) => option.Facts.Word is { } word && option.Property.GetValue(use.Options) is string value && value == word;

    private static IReadOnlyList<string> Existing(IEnumerable<string> paths) => [.. paths.Where(path => File.Exists(path) || Directory.Exists(path))];

    private static JsonNode? Json(object? value) => value switch
    {
        null => null,
        string or bool or int or long or double => JsonSerializer.SerializeToNode(value),
        IEnumerable list => new JsonArray([.. list.Cast<object?>().Select(Json)]),
        IFormattable scalar => scalar.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };
}
