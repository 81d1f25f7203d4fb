using System.Text.Json;
using LlmKick.Sdk;

namespace LlmKick.Transformers.Formats.Weights;

/// <summary>Which shard of a folder holds which tensor.</summary>
internal static class ShardIndex
{
    /// <summary>The index that stands for a file, where that is split.</summary>
    public static string Of(string file) => file + ".index.json";

    /// <summary>A file of which nothing is known.</summary>
    public static ILookup<string, string?> Single(string file) => new[] { file }.ToLookup(name => name, _ => (string?)null);

    /// <summary>The file, or the shards with the names that each must hold; null where the folder has neither file nor index.</summary>
    public static ILookup<string, string?>? Find(string folder, string file)
    {
        if (File.Exists(Path.Combine(folder, file)))
            return Single(file);
        var index = Path.Combine(folder, Of(file));
        return File.Exists(index) ? ReadMap(index).ToLookup(pair => pair.File, pair => (string?)pair.Tensor) : null;
    }

    /// <summary>A shard's path.</summary>
    public static string Require(string folder, string shard) => Path.Combine(folder, shard) is var path && File.Exists(path)
        ? path
        : throw new LlmKickException($"'{folder}' lacks the shard '{shard}' that its index names; download the folder again.");

    public static LlmKickException Missing(string folder, string shard, string name) =>
        new($"'{shard}' has no tensor '{name}', which the index of '{folder}' places there.");

    private static List<(string Tensor, string File)> ReadMap(string index)
    {
        using var document = JsonFile.Read(index);
        if (!document.RootElement.TryGetProperty("weight_map", out var map) || map.ValueKind != JsonValueKind.Object)
            throw new LlmKickException($"'{index}' has no 'weight_map'.");
        return [.. map.EnumerateObject().Select(property => (property.Name, ShardName(index, property)))];
    }

    private static string ShardName(string index, JsonProperty property)
    {
        var file = property.Value.ValueKind == JsonValueKind.String ? property.Value.GetString()! : "";
        // A shard lies beside its index: a path could lead anywhere.
        return file.Length > 0 && file == Path.GetFileName(file) && file is not ("." or "..")
            ? file
            : throw new LlmKickException($"'{index}' gives no file name for tensor '{property.Name}'.");
    }
}
