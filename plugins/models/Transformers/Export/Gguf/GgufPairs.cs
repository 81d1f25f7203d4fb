using LlmKick.Transformers.Configuration;
using LlmKick.Transformers.Formats.Gguf;
using LlmKick.Transformers.Formats.Weights;
using LlmKick.Transformers.Tokenization.Facts;

namespace LlmKick.Transformers.Export.Gguf;

/// <summary>The metadata: as the model's own GGUF file has it but for the type, or made of a folder's configuration and tokenizer.</summary>
internal static class GgufPairs
{
    private const string FileType = "general.file_type";
    private const string QuantizationVersion = "general.quantization_version";
    private const uint CurrentQuantization = 2;

    public static IReadOnlyList<GgufPair> Of(ExportedModel model, GgufMix mix)
    {
        var type = GgufPair.Of(FileType, (uint)mix.FileType);
        var version = GgufPair.Of(QuantizationVersion, CurrentQuantization);
        if (model.Source is not GgufWeights gguf)
            return [.. General(model), type, .. mix.IsQuantized ? [version] : (GgufPair[])[], .. Sizes(model.Config), .. TokenizerPairs.Of(FactsOfFolder.Of(model.Source.Path, model.Config.VocabularySize))];
        List<GgufPair> own = [.. gguf.File.Pairs.Where(pair => pair.Key != "general.alignment")];
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
        GgufPair.Of("general.architecture", model.Config.Architecture.Name),
        GgufPair.Of("general.type", "model"),
        GgufPair.Of("general.name", model.Name),
    ];

    private static IEnumerable<GgufPair> Sizes(TransformerConfig config)
    {
        GgufPair Pair(string key, object value) => GgufPair.Of($"{config.Architecture.Name}.{key}", value);
        yield return Pair("block_count", (uint)config.BlockCount);
        yield return Pair("context_length", (uint)config.ContextLength);
        yield return Pair("embedding_length", (uint)config.Width);
        yield return Pair("feed_forward_length", (uint)config.FeedForwardWidth);
        yield return Pair("attention.head_count", (uint)config.Heads);
        yield return Pair("attention.head_count_kv", (uint)config.KeyValueHeads);
        yield return Pair("attention.key_length", (uint)config.HeadWidth);
        yield return Pair("attention.value_length", (uint)config.HeadWidth);
        yield return Pair("attention.layer_norm_rms_epsilon", (float)config.NormEpsilon);
        yield return Pair("rope.dimension_count", (uint)config.HeadWidth);
        yield return Pair("rope.freq_base", (float)config.Rotary.Base);
        yield return Pair("vocab_size", (uint)config.VocabularySize);
        if (config.Rotary.Scaling is LinearScaling { Factor: var factor })
        {
            yield return Pair("rope.scaling.type", "linear");
            yield return Pair("rope.scaling.factor", (float)factor);
        }
    }
}
