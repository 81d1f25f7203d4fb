using System.Globalization;
using System.Text.Json.Nodes;
using LlmKick.Sdk.Checkpoints;
using LlmKick.Sdk.Files;

namespace LlmKick.Transformers.Export.Folders;

/// <summary>Tensors cut into files of a size: one is <c>model.safetensors</c>, several have an index.</summary>
internal static class Shards
{
    public static IEnumerable<CheckpointFile> Of(IReadOnlyList<PlannedTensor> tensors, long bytes)
    {
        var shards = Cut(tensors, bytes);
        if (shards.Count == 1)
            return [File("model.safetensors", tensors)];
        var names = Enumerable.Range(1, shards.Count)
            .Select(number => string.Create(CultureInfo.InvariantCulture, $"model-{number:D5}-of-{shards.Count:D5}.safetensors"));
        var named = names.Zip(shards).ToList();
        return [.. named.Select(shard => File(shard.First, shard.Second)), Index(named)];
    }

    private static List<List<PlannedTensor>> Cut(IReadOnlyList<PlannedTensor> tensors, long bytes)
    {
        List<List<PlannedTensor>> shards = [[]];
        long length = 0;
        foreach (var tensor in tensors)
        {
            if (shards[^1].Count > 0 && length + tensor.Length > bytes)
            {
                shards.Add([]);
                length = 0;
            }
            shards[^1].Add(tensor);
            length += tensor.Length;
        }
        return shards;
    }

    private static CheckpointFile File(string name, IReadOnlyList<PlannedTensor> tensors) =>
        new(name, SafetensorsWriter.FileLength(tensors), (stream, written) => SafetensorsWriter.WriteTo(stream, tensors, null, written));

    private static CheckpointFile Index(IReadOnlyList<(string Name, List<PlannedTensor> Tensors)> shards) =>
        JsonText.File("model.safetensors.index.json", new JsonObject
    {
        ["metadata"] = new JsonObject { ["total_size"] = shards.Sum(shard => shard.Tensors.Sum(tensor => tensor.Length)) },
        ["weight_map"] = new JsonObject(shards.SelectMany(shard => shard.Tensors.Select(tensor => (tensor.Name, File: shard.Name)))
            .OrderBy(row => row.Name, StringComparer.Ordinal).Select(row => KeyValuePair.Create(row.Name, (JsonNode?)row.File))),
    });
}
