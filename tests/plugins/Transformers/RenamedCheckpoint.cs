using System.Text.Json.Nodes;
using LlmKick.Sdk.Files;
using TorchSharp;

namespace LlmKick.Tests.Transformers;

/// <summary>A tiny checkpoint of the reference data made to one of another family that computes the same.</summary>
internal static class RenamedCheckpoint
{
    /// <param name="golden">Its folder in the reference data.</param>
    /// <param name="config">Keys of config.json that are set, or with null removed.</param>
    /// <param name="change">Changes the tensors, by their names.</param>
    /// <param name="folder">Where it is written.</param>
    public static void Write(string golden, string config, Action<Dictionary<string, torch.Tensor>> change, string folder)
    {
        using var scope = torch.NewDisposeScope();
        var source = SharedData.Require($"golden/architectures/{golden}");
        foreach (var file in Directory.EnumerateFiles(source).Where(file => !file.EndsWith(".safetensors", StringComparison.Ordinal)))
            File.WriteAllBytes(Path.Combine(folder, Path.GetFileName(file)), File.ReadAllBytes(file));
        var own = JsonNode.Parse(File.ReadAllText(Path.Combine(source, "config.json")))!.AsObject();
        foreach (var (key, value) in JsonNode.Parse(config)!.AsObject())
            if (value is null)
                own.Remove(key);
            else
                own[key] = value.DeepClone();
        File.WriteAllText(Path.Combine(folder, "config.json"), own.ToJsonString());
        using var files = SafetensorsFile.Open(Path.Combine(source, "model.safetensors"));
        var tensors = files.Entries.Values.ToDictionary(entry => entry.Name, entry => files.Read(entry.Name));
        change(tensors);
        var planned = tensors.Select(pair => new PlannedTensor(pair.Key, SafetensorsDtype.Find(pair.Value.dtype)!, pair.Value.shape,
            () => pair.Value.alias())).ToList();
        using var stream = File.Create(Path.Combine(folder, "model.safetensors"));
        SafetensorsWriter.WriteTo(stream, planned, null, () => { });
    }

    /// <summary>Replaces parts of names.</summary>
    /// <param name="tensors">The tensors.</param>
    /// <param name="rules">"before=after", separated by semicolons.</param>
    public static void Rename(this Dictionary<string, torch.Tensor> tensors, string rules)
    {
        foreach (var rule in rules.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(rule => rule.Split('=')))
            foreach (var name in tensors.Keys.Where(name => name.Contains(rule[0], StringComparison.Ordinal)).ToList())
                if (tensors.Remove(name, out var tensor))
                    tensors[name.Replace(rule[0], rule[1], StringComparison.Ordinal)] = tensor;
    }

    /// <summary>Makes each block's feed-forward part to every one of some experts, among which a router of zeros chooses.</summary>
    public static void Multiply(this Dictionary<string, torch.Tensor> tensors, int experts)
    {
        foreach (var name in tensors.Keys.Where(name => name.Contains(".mlp.", StringComparison.Ordinal)).ToList())
            if (tensors.Remove(name, out var tensor))
                for (var expert = 0; expert < experts; expert++)
                    tensors[name.Replace(".mlp.", $".mlp.experts.{expert}.", StringComparison.Ordinal)] = tensor;
        const string norms = "post_attention_layernorm.weight";
        foreach (var norm in tensors.Keys.Where(name => name.EndsWith(norms, StringComparison.Ordinal)).ToList())
            tensors[norm.Replace(norms, "mlp.gate.weight", StringComparison.Ordinal)] =
                torch.zeros([experts, tensors[norm].shape[0]], torch.ScalarType.BFloat16);
    }
}
