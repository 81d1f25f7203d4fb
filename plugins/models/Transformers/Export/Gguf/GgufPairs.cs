using LlmKick.Transformers.Formats.Gguf;
using LlmKick.Transformers.Formats.Weights;
using LlmKick.Transformers.Tokenization.Facts;
using static TorchSharp.torch;

namespace LlmKick.Transformers.Export.Gguf;

/// <summary>The metadata: as the model's own GGUF file has it but for the type, or made of a folder's configuration and
/// tokenizer.</summary>
internal static class GgufPairs
{
    private const string FileType = "general.file_type";
    private const string QuantizationVersion = "general.quantization_version";
    // ggml's GGML_QNT_VERSION.
    private const uint CurrentQuantization = 2;

    public static IReadOnlyList<GgufPair> Of(ExportedModel model, GgufMix mix)
    {
        var type = GgufPair.Of(FileType, (uint)mix.FileType);
        var version = GgufPair.Of(QuantizationVersion, CurrentQuantization);
        if (model.Source is not GgufWeights gguf)
            return [.. General(model), type, .. mix.IsQuantized ? [version] : (GgufPair[])[], .. GgufSettings.Of(model.Spec),
                .. Lists(model), .. TokenizerPairs.Of(FactsOfFolder.Of(model.Source.Path, model.Spec.Vocabulary))];
        List<GgufPair> own =
            [.. gguf.File.Pairs.Where(pair => pair.Key != "general.alignment" && !pair.Key.StartsWith("split.", StringComparison.Ordinal))];
        Put(own, type);
        if (mix.IsQuantized)
            Put(own, version);
        return own;
    }

    private static void Put(List<GgufPair> pairs, GgufPair pair)
    {
        if (pairs.FindIndex(other => other.Key == pair.Key) is >= 0 and var place)
            pairs[place] = pair;
        else
            pairs.Add(pair);
    }

    private static IEnumerable<GgufPair> General(ExportedModel model) =>
    [
        GgufPair.Of("general.architecture", model.Spec.GgufName!),
        GgufPair.Of("general.type", "model"),
        GgufPair.Of("general.name", model.Name),
    ];

    /// <summary>Numbers of blocks that are no tensors in GGUF files.</summary>
    private static IEnumerable<GgufPair> Lists(ExportedModel model) =>
        model.Tensors.Where(tensor => tensor.Parameter.Spec.GgufKey is not null)
            .GroupBy(tensor => tensor.Parameter.Spec.GgufKey!).Select(list => GgufPair.Of(list.Key, list.Select(Number).ToArray()));

    private static float Number(ModelTensor tensor)
    {
        using var scope = NewDisposeScope();
        return tensor.Read(ScalarType.Float32).cpu().flatten()[0].item<float>();
    }
}
