using LlmKick.Transformers.Formats.Gguf;
using LlmKick.Transformers.Tokenization.Facts;

namespace LlmKick.Transformers.Export.Gguf;

/// <summary>The metadata that says a tokenizer.</summary>
internal static class TokenizerPairs
{
    public static IEnumerable<GgufPair> Of(TokenizerFacts facts)
    {
        yield return Pair("model", facts.Model);
        if (facts.PreTokenizer is not null)
            yield return Pair("pre", facts.PreTokenizer);
        yield return Pair("tokens", facts.Tokens.ToArray());
        if (facts.Scores.Count > 0)
            yield return Pair("scores", facts.Scores.ToArray());
        yield return Pair("token_type", facts.Kinds.Select(kind => (int)kind).ToArray());
        if (facts.Merges.Count > 0)
            yield return Pair("merges", facts.Merges.ToArray());
        foreach (var (name, id) in new[] { ("bos", facts.Begin), ("eos", facts.End), ("unknown", facts.Unknown), ("padding", facts.Padding),
            ("eot", OtherEnd(facts)) })
            if (id is { } known)
                yield return Pair($"{name}_token_id", (uint)known);
        yield return Pair("add_bos_token", facts.AddsBegin);
        yield return Pair("add_eos_token", facts.AddsEnd);
        foreach (var pair in Spaces(facts))
            yield return pair;
        if (facts.ChatTemplate is not null)
            yield return GgufPair.Of("tokenizer.chat_template", facts.ChatTemplate);
    }

    private static IEnumerable<GgufPair> Spaces(TokenizerFacts facts)
    {
        if (facts.Model == "gpt2")
            yield break;
        yield return Pair("add_space_prefix", facts.Spaces.AddsPrefix);
        if (facts.Model != "t5")
            yield break;
        yield return Pair("remove_extra_whitespaces", facts.Spaces.RemovesExtra);
        if (facts.Charsmap.Length > 0)
            yield return Pair("precompiled_charsmap", facts.Charsmap);
    }

    private static GgufPair Pair(string key, object value) => GgufPair.Of($"tokenizer.ggml.{key}", value);

    private static int? OtherEnd(TokenizerFacts facts) => facts.Ends.Where(id => id != facts.End).Cast<int?>().FirstOrDefault();
}
