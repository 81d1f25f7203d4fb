using System.Text.Json.Nodes;
using LlmKick.Sdk.Files;
using LlmKick.Tests.Transformers.Export;
using LlmKick.Transformers.Formats.Folders;
using LlmKick.Transformers.Formats.Weights;
using static TorchSharp.torch;

namespace LlmKick.Tests.Transformers.Adapters;

/// <summary>Writes adapters as PEFT does, and beside them the model that they make of a base, by loops over numbers.</summary>
internal sealed class AdapterDesk : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, Tensor> _tensors = [];
    private readonly Dictionary<string, float[]> _expected = [];
    private readonly Random _random = new(5);
    private readonly ITensorFiles _files;

    public AdapterDesk(AdapterCase own)
    {
        Base = SharedData.Require($"golden/architectures/{own.Base}");
        _files = TensorFolder.Open(Base);
        Settings = new JsonObject([.. own.Settings.Select(row => KeyValuePair.Create(row.Key, row.Value?.DeepClone()))])
        {
            ["peft_type"] = "LORA", ["r"] = 4, ["lora_alpha"] = 8, ["bias"] = "none", ["init_lora_weights"] = true, ["use_dora"] = false,
            ["base_model_name_or_path"] = "somewhere",
        };
        foreach (var change in own.Changes)
            Add(change);
    }

    public string Base { get; }

    public JsonObject Settings { get; }

    public IDictionary<string, Tensor> Tensors => _tensors;

    /// <summary>Writes the adapter.</summary>
    public string Adapter(string name = "adapter")
    {
        var path = _folder.Write($"{name}/adapter_config.json", Settings.ToJsonString());
        SafetensorsWriter.Write(_folder.File(name, "adapter_model.safetensors"), _tensors);
        return Path.GetDirectoryName(path)!;
    }

    /// <summary>Writes the base with the adapter in it, all in float32.</summary>
    public string Merged()
    {
        var folder = Directory.CreateDirectory(_folder.File("merged")).FullName;
        foreach (var file in Directory.EnumerateFiles(Base, "*.json").Where(file => !file.EndsWith("index.json", StringComparison.Ordinal)))
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        using var scope = NewDisposeScope();
        SafetensorsWriter.Write(Path.Combine(folder, "model.safetensors"), _files.Names.ToDictionary(name => name, name =>
            _expected.TryGetValue(name, out var values) ? tensor(values, [.. _files.Describe(name).Shape]) : _files.Read(name)));
        return folder;
    }

    public void Dispose()
    {
        _files.Dispose();
        foreach (var tensor in _tensors.Values)
            tensor.Dispose();
        _folder.Dispose();
    }

    private void Add(AdapterChange change)
    {
        var name = change.File + ".weight";
        using var stored = _files.Read(name);
        using var wide = stored.to_type(ScalarType.Float32);
        var (weight, rows, columns) = (wide.data<float>().ToArray(), (int)wide.shape[0], (int)wide.shape[1]);
        if (change.Rank == 0)
        {
            _expected[name] = Numbers(weight.Length);
            _tensors[$"base_model.model.{change.Module}.weight"] = tensor(_expected[name], [rows, columns]);
            return;
        }
        var (outputs, inputs) = change.IsTransposed || change.IsEmbedding ? (columns, rows) : (rows, columns);
        var (a, b) = (Numbers(change.Rank * inputs), Numbers(outputs * change.Rank));
        var (first, second) = change.IsEmbedding ? ("lora_embedding_A", "lora_embedding_B") : ("lora_A.weight", "lora_B.weight");
        _tensors[$"base_model.model.{change.Module}.{first}"] = tensor(a, [change.Rank, inputs]);
        _tensors[$"base_model.model.{change.Module}.{second}"] = tensor(b, [outputs, change.Rank]);
        for (var output = 0; output < outputs; output++)
            for (var input = 0; input < inputs; input++)
            {
                var sum = Enumerable.Range(0, change.Rank).Sum(k => (double)b[output * change.Rank + k] * a[k * inputs + input]);
                weight[(outputs, inputs) == (rows, columns) && !change.IsTransposed && !change.IsEmbedding ? output * columns + input
                    : input * columns + output] += (float)(change.Scale * sum);
            }
        _expected[name] = weight;
    }

    private float[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(_ => (float)(_random.NextDouble() - 0.5) / 4)];
}
