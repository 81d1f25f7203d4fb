using System.Text.Json;

namespace LlmKick.Plugins;

/// <summary>A plugin's <c>.deps.json</c>. .NET ends the process where one lacks what its own build writes, so it is checked
/// first.</summary>
internal static class DependencyFile
{
    /// <summary>Whether a file is there that cannot be used.</summary>
    public static bool IsDamaged(string path)
    {
        if (!File.Exists(path))
            return false;
        try
        {
            using var stream = File.OpenRead(path);
            using var document = JsonDocument.Parse(stream);
            return !IsWhole(document.RootElement);
        }
        catch (JsonException)
        {
            return true;
        }
    }

    private static bool IsWhole(JsonElement root) =>
        TargetName(root) is { } name && Member(Member(root, "targets"), name) is { ValueKind: JsonValueKind.Object } target
            && target.EnumerateObject().All(package => IsPackage(package.Value))
            && Member(root, "libraries") is { ValueKind: JsonValueKind.Object } libraries
            && libraries.EnumerateObject().All(library => IsLibrary(library.Value));

    private static string? TargetName(JsonElement root)
    {
        var target = Member(root, "runtimeTarget");
        var name = target is { ValueKind: JsonValueKind.Object } ? Member(target, "name") : target;
        return name is { ValueKind: JsonValueKind.String } ? name.Value.GetString() : null;
    }

    private static bool IsPackage(JsonElement package) =>
        package.ValueKind == JsonValueKind.Object
            && new[] { "runtime", "resources", "native" }.SelectMany(kind => Files(package, kind))
                .All(file => file.ValueKind == JsonValueKind.Object)
            && Files(package, "runtimeTargets").All(file => IsString(file, "rid") && IsString(file, "assetType"));

    private static bool IsLibrary(JsonElement library) =>
        IsString(library, "type") && IsString(library, "sha512")
            && Member(library, "serviceable") is { ValueKind: JsonValueKind.True or JsonValueKind.False };

    private static IEnumerable<JsonElement> Files(JsonElement package, string kind) => Member(package, kind) switch
    {
        null => [],
        { ValueKind: JsonValueKind.Object } files => files.EnumerateObject().Select(file => file.Value),
        var other => [other.Value],
    };

    private static bool IsString(JsonElement element, string name) => Member(element, name) is { ValueKind: JsonValueKind.String };

    private static JsonElement? Member(JsonElement? element, string name) =>
        element is { ValueKind: JsonValueKind.Object } && element.Value.TryGetProperty(name, out var member) ? member : null;
}
