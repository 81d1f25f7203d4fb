using LlmKick.Transformers.Configuration;
using LlmKick.Transformers.Formats.Gguf;
using LlmKick.Transformers.Formats.Weights;
using LlmKick.Transformers.Tokenization;
using LlmKick.Transformers.Tokenization.Loading;

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
            return [.. General(model), type, .. mix.IsQuantized ? [version] : (GgufPair[])[], .. GgufSettings.Of(model.Spec), .. Tokenizer(TokenizerFacts.Of(model.Source.Path, model.Spec.Vocabulary))];
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
        GgufPair.Of("general.architecture", model.Spec.Family.GgufName!),
        GgufPair.Of("general.type", "model"),
        GgufPair.Of("general.name", model.Name),
    ];

    private static IEnumerable<GgufPair> Tokenizer(TokenizerFacts facts)
    {
        static GgufPair Pair(string key, object value) => GgufPair.Of($"tokenizer.ggml.{key}", value);
        yield return Pair("model", "gpt2");
        yield return Pair("pre", facts.PreTokenizer);
        yield return Pair("tokens", facts.Tokens.ToArray());
        yield return Pair("token_type", Types(facts));
        if (facts.Merges.Count > 0)
            yield return Pair("merges", facts.Merges.ToArray());
        foreach (var (name, id) in new[] { ("bos", facts.Begin), ("eos", facts.End), ("unknown", facts.Unknown), ("padding", facts.Padding), ("eot", OtherEnd(facts)) })
            if (id is { } known)
                yield return Pair($"{name}_token_id", (uint)known);
        yield return Pair("add_bos_token", facts.AddsBegin);
        yield return Pair("add_eos_token", facts.AddsEnd);
        if (facts.ChatTemplate is not null)
            yield return GgufPair.Of("tokenizer.chat_template", facts.ChatTemplate);
    }

    private static int? OtherEnd(TokenizerFacts facts) => facts.Ends.Where(id => id != facts.End).Cast<int?>().FirstOrDefault();

    /// <summary>1 normal, 2 unknown, 3 control, 4 user-defined, 5 unused.</summary>
    private static int[] Types(TokenizerFacts facts)
    {
        var types = Enumerable.Range(0, facts.Tokens.Count).Select(id => facts.Gaps.Contains(id) ? 5 : 1).ToArray();
        foreach (var token in facts.Added)
            types[token.Id] = token.Id == facts.Unknown ? 2 : token.Special ? 3 : 4;
        return types;
    }
}
