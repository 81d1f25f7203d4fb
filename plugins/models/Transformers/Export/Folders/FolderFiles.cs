using System.Text.Json.Nodes;
using LlmKick.Sdk.Checkpoints;
using LlmKick.Transformers.Formats;
using LlmKick.Transformers.Formats.Weights;
using static TorchSharp.torch;

namespace LlmKick.Transformers.Export.Folders;

/// <summary>What lies beside the weights: configuration, tokenizer, chat template, generation settings.</summary>
internal static class FolderFiles
{
    private const string Quantization = "quantization_config";

    private static readonly string[] Copied =
    [
        "tokenizer.json", "tokenizer_config.json", "special_tokens_map.json", "added_tokens.json", "vocab.json", "merges.txt",
        "tokenizer.model",
        "chat_template.jinja", "chat_template.json", "generation_config.json", "LICENSE", "LICENSE.txt", "NOTICE",
    ];

    /// <summary>The files.</summary>
    /// <param name="model">The model.</param>
    /// <param name="type">The type that weights which are not quantized are stored in.</param>
    /// <param name="quantization">What the configuration says of the others; null for nothing.</param>
    /// <param name="quantizationFile">A file that says it again, or null.</param>
    public static IEnumerable<CheckpointFile> Of(ExportedModel model, ScalarType type, JsonObject? quantization, string? quantizationFile)
    {
        var config = model.Source is GgufWeights ? ConfigOfGguf.Of(model) : Read(Path.Combine(model.Source.Path, "config.json"));
        SetType(config, FloatTypes.Name(type), model.Tensors[0].OwnType == type);
        if (model.Spec.Ends.Tied && !model.Spec.IsTied)
            config["tie_word_embeddings"] = false;
        config.Remove(Quantization);
        if (quantization is not null)
            config[Quantization] = quantization.DeepClone();
        yield return JsonText.File("config.json", config);
        if (quantizationFile is not null)
            yield return JsonText.File(quantizationFile, quantization!);
        foreach (var file in model.Source is GgufWeights gguf ? TokenizerOfGguf.Files(gguf.File) : Copies(model.Source.Path))
            yield return file;
    }

    /// <summary>transformers 5 calls it dtype, everything older torch_dtype; wrappers name it inside too, where a model whose type stays
    /// may say another.</summary>
    private static void SetType(JsonObject config, string type, bool isOwn)
    {
        var key = config.ContainsKey("torch_dtype") ? "torch_dtype" : "dtype";
        if (isOwn && config[key] is JsonValue said && said.TryGetValue<string>(out var own) && own == type)
            return;
        if (config.ContainsKey(key) || !isOwn)
            config[key] = type;
        foreach (var inner in config.Select(pair => pair.Value).OfType<JsonObject>().Where(inner => inner.ContainsKey(key)).ToList())
            inner[key] = type;
    }

    private static IEnumerable<CheckpointFile> Copies(string folder) => Copied.Select(name => Path.Combine(folder, name)).Where(File.Exists)
        .Select(path => new CheckpointFile(Path.GetFileName(path), new FileInfo(path).Length, (stream, _) => Copy(path, stream)));

    private static void Copy(string path, Stream target)
    {
        using var file = File.OpenRead(path);
        file.CopyTo(target);
    }

    private static JsonObject Read(string path) => JsonNode.Parse(PythonNumbers.Marked(File.ReadAllText(path)))!.AsObject();
}
