using System.Text.Json;
using LlmKick.Sdk;

namespace LlmKick.Transformers.Formats.Weights;

/// <summary>Which shard of a folder holds which tensor.</summary>
internal static class SafetensorsIndex
{
    private const string SingleFile = "model.safetensors";
    private const string IndexFile = "model.safetensors.index.json";

    /// <summary>The files of a folder, with the names each must hold (none where there is no index).</summary>
    public static ILookup<string, string?> Read(string folder)
    {
        if (File.Exists(Path.Combine(folder, SingleFile)))
            return new[] { SingleFile }.ToLookup(file => file, _ => (string?)null);
        var index = Path.Combine(folder, IndexFile);
        return File.Exists(index)
            ? ReadMap(index).ToLookup(pair => pair.File, pair => (string?)pair.Tensor)
            : throw new LlmKickException($"'{folder}' has neither '{SingleFile}' nor '{IndexFile}'; give a folder with safetensors weights.");
    }

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
