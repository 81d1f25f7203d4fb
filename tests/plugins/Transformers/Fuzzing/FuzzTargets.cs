using System.Text;
using System.Text.Json;
using LlmKick.Sdk;
using LlmKick.Sdk.Files;
using LlmKick.Transformers.Configuration;
using LlmKick.Transformers.Formats;
using LlmKick.Transformers.Formats.Gguf;
using LlmKick.Transformers.Formats.PyTorch;
using LlmKick.Transformers.Formats.Sources;
using LlmKick.Transformers.Formats.Weights;
using LlmKick.Transformers.Inspection;
using LlmKick.Transformers.Tokenization.Loading;
using LlmKick.Transformers.Weights;
using TorchSharp;

namespace LlmKick.Tests.Transformers.Fuzzing;

/// <summary>Every reader of files with something valid to begin with.</summary>
internal static class FuzzTargets
{
    private const string Config = "config.json";
    private const string Weights = "model.safetensors";
    private const string Index = "model.safetensors.index.json";
    private const string Tokenizer = "tokenizer.json";
    private const string Torch = "pytorch_model.bin";
    private const string Gguf = "model.gguf";

    public static IReadOnlyList<string> Names { get; } =
    [
        "safetensors", "index", "config", "gptq", "awq", "pack-quantized", "int-quantized", "float-quantized", "sparse-bitmask", "pickle",
        "tokenizer", "gguf", "adapter",
        SettingsSamples.Name, TemplateSamples.Name, .. TokenizerSamples.Names,
    ];

    public static FuzzTarget Create(string name) => name switch
    {
        "safetensors" => Folder(name, Tiny(), (Weights, SafetensorsMutation.Header), (Weights, SafetensorsMutation.Tensor),
            (Weights, SafetensorsMutation.Data), (Weights, SafetensorsMutation.Raw)),
        "index" => Folder(name, Sharded(), (Index, JsonMutation.Change), (Index, JsonMutation.Change), (Index, Bytes),
            ("model-1.safetensors", SafetensorsMutation.Tensor)),
        "config" => Folder(name, Tiny(), (Config, JsonMutation.Change), (Config, JsonMutation.Change), (Config, Bytes)),
        "pickle" => Pickle(Tiny()),
        "tokenizer" => OfTokenizer(Tiny()),
        "gguf" => OfGguf(QuantizedSamples.Gguf()),
        "adapter" => OfAdapter(Tiny()),
        SettingsSamples.Name => SettingsSamples.Create(),
        TemplateSamples.Name => TemplateSamples.Create(),
        _ when TokenizerSamples.Names.Contains(name) => TokenizerSamples.Create(name),
        _ => Folder(name, QuantizedSamples.Create(name), (Config, JsonMutation.Change), (Weights, SafetensorsMutation.Header),
            (Weights, SafetensorsMutation.Tensor), (Weights, SafetensorsMutation.Data)),
    };

    private static FuzzTarget Folder(string name, Dictionary<string, byte[]> files,
        params (string, Func<byte[], Random, byte[]>)[] mutators) =>
        new(name, files, mutators, Headers, files.ContainsKey(Tokenizer) ? ReadModel : ReadFolder);

    private static FuzzTarget Pickle(Dictionary<string, byte[]> files) =>
        new("pickle", files.Where(file => file.Key != Weights).Append(new(Torch, QuantizedSamples.TorchOf(files[Weights]))).ToDictionary(),
        [(Torch, PickleMutation.List), (Torch, PickleMutation.List), (Torch, PickleMutation.Data),
            (Torch, (valid, random) => Mutation.Of(valid, valid.Length, random.Next()))],
        folder =>
        {
            using var file = MappedFile.Open(Path.Combine(folder, Torch));
            if (!ZipDirectory.Read(file).ContainsKey("archive/data.pkl"))
                throw new LlmKickException("No list.");
        },
        ReadModel);

    private static FuzzTarget OfTokenizer(Dictionary<string, byte[]> files) =>
        new("tokenizer", new Dictionary<string, byte[]> { [Tokenizer] = files[Tokenizer], [Config] = files[Config] },
        [(Tokenizer, JsonMutation.Change), (Tokenizer, JsonMutation.Change), (Tokenizer, Bytes)],
        folder => JsonFile.Read(Path.Combine(folder, Tokenizer)).Dispose(),
        folder =>
        {
            var tokenizer = TokenizerJson.Load(folder);
            _ = tokenizer.Decode(tokenizer.Encode("he said <end> \u00e9\ud83d\ude00 1234  x"));
            return 0;
        });

    private static FuzzTarget OfAdapter(Dictionary<string, byte[]> files) => new(
        "adapter",
        files.Where(file => file.Key != Tokenizer).Concat(AdapterSamples.Files()).ToDictionary(),
        [
            (AdapterSamples.Settings, JsonMutation.Change), (AdapterSamples.Settings, AdapterSamples.Pattern),
            (AdapterSamples.Settings, Bytes), (AdapterSamples.Weights, SafetensorsMutation.Header),
            (AdapterSamples.Weights, SafetensorsMutation.Tensor), (AdapterSamples.Weights, SafetensorsMutation.Data),
        ],
        Headers,
        folder => ReadModel(WeightSource.Open(folder, folder)));

    private static FuzzTarget OfGguf(byte[] valid) => new("gguf", new Dictionary<string, byte[]> { [Gguf] = valid },
        [(Gguf, (bytes, random) => Mutation.Of(bytes, 600, random.Next())), (Gguf, GgufData), (Gguf, GgufData)],
        folder => GgufFile.Open(Path.Combine(folder, Gguf)).Dispose(),
        folder =>
        {
            _ = ModelInspection.Of(Path.Combine(folder, Gguf), countZeros: false, CancellationToken.None);
            return ReadAll(WeightSource.Open(Path.Combine(folder, Gguf)));
        });

    private static byte[] GgufData(byte[] valid, Random random)
    {
        var mutant = valid.ToArray();
        for (var changes = 1 + random.Next(8); changes > 0; changes--)
            mutant[random.Next(700, mutant.Length)] = (byte)random.Next(256);
        return mutant;
    }

    private static void Headers(string folder)
    {
        foreach (var file in Directory.GetFiles(folder))
            if (file.EndsWith(".json", StringComparison.Ordinal))
                JsonFile.Read(file).Dispose();
            else
                SafetensorsFile.Open(file).Dispose();
    }

    private static long ReadFolder(string folder)
    {
        _ = ModelInspection.Of(folder, countZeros: false, CancellationToken.None);
        return ReadAll(WeightSource.Open(folder));
    }

    private static long ReadModel(string folder) => ReadModel(WeightSource.Open(folder));

    private static long ReadModel(IWeightSource source)
    {
        using (source)
        {
            LayoutCheck.Require(SpecReader.Read(source), source);
            return source.Names.Sum(name => Read(source, name));
        }
    }

    private static long ReadAll(IWeightSource source)
    {
        using (source)
            return source.Names.Sum(name => Read(source, name));
    }

    private static long Read(IWeightSource source, string name)
    {
        _ = source.Shape(name);
        var parts = source.Quantized(name)?.Parts.Values.Sum(part => part.numel() * part.element_size()) ?? 0;
        using var tensor = source.Read(name, torch.ScalarType.Float32);
        return parts + tensor.numel() * sizeof(float);
    }

    private static byte[] Bytes(byte[] valid, Random random) => Mutation.Of(valid, valid.Length, random.Next());

    private static Dictionary<string, byte[]> Tiny()
    {
        using var folder = new TemporaryFolder();
        new TinyCheckpoint().Write(folder.Path);
        return Directory.GetFiles(folder.Path).ToDictionary(path => Path.GetFileName(path), File.ReadAllBytes);
    }

    private static Dictionary<string, byte[]> Sharded()
    {
        var files = Tiny();
        var names = QuantizedSamples.TensorsOf(files[Weights]);
        files["model-1.safetensors"] = files[Weights];
        files.Remove(Weights);
        files[Index] = Encoding.UTF8.GetBytes(
            JsonSerializer.Serialize(new { weight_map = names.ToDictionary(name => name, _ => "model-1.safetensors") }));
        return files;
    }
}
