using LlmKick.Transformers.Tokenization.Bpe;
using LlmKick.Transformers.Tokenization.Decoding;
using LlmKick.Transformers.Tokenization.Loading;
using LlmKick.Transformers.Tokenization.SentencePiece;
using LlmKick.Transformers.Tokenization.Splitting;

namespace LlmKick.Transformers.Tokenization.Gguf;

/// <summary>A vocabulary of the kind <c>gpt2</c>: byte-level BPE.</summary>
internal static class GgufBpe
{
    public static TokenizerDefinition Define(GgufVocabulary vocabulary)
    {
        var (pre, builder) = (Pre(vocabulary), vocabulary.Builder);
        var (prefix, suffix) = GgufEnds.Of(vocabulary, pre.AddBegin, ends: false);
        var added = GgufAddedTokens.Read(vocabulary);
        string?[] tokens = [.. vocabulary.Tokens.Select((token, id) => vocabulary.Kinds[id] == PieceKind.Unused ? null : token)];
        return new TokenizerDefinition
        {
            Tokens = tokens,
            Model = new BpeModel(builder.Ids, new ByteSymbols(builder.Ids), Merges(vocabulary), pre.IgnoreMerges),
            PreTokenizer = new PreTokenizerChain([.. pre.Patterns.Select(pattern => SplitRules.Of(pattern, builder.Fault))]),
            Decoder = new TokenDecoder(tokens, new ByteLevelDecoder(), added.Select(token => token.Id).ToHashSet(),
                added.Where(token => token.Special).Select(token => token.Id).ToHashSet()),
            Widths = TokenWidths.Of(builder, null, token => ByteAlphabet.Decode(token).Length),
            Added = added,
            Prefix = prefix,
            Suffix = suffix,
            Hash = TokenizerHash.Of(pre.Name, vocabulary.Merges),
            Remarks = [.. Remarks(vocabulary, pre)],
        };
    }

    public static GgufPre Pre(GgufVocabulary vocabulary) => vocabulary.Text("pre") is { } name && name.Length > 0
        ? GgufPres.Find(name)
            ?? throw vocabulary.Builder.Fault($"its pre-tokenizer '{name}' is not supported; supported: {GgufPres.KnownNames}")
        : GgufPres.Find(GgufPres.Default)!;

    /// <summary>The merges whose parts and result are tokens: llama.cpp never uses others. Of a pair that is listed twice the first
    /// counts.</summary>
    public static BpeMerges Merges(GgufVocabulary vocabulary)
    {
        var (merges, ids, texts) = (new BpeMerges(), vocabulary.Builder.Ids, vocabulary.Merges);
        for (var rank = texts.Count - 1; rank >= 0; rank--)
        {
            var space = texts[rank].Length > 1 ? texts[rank].IndexOf(' ', 1) : -1;
            if (space > 0 && ids.TryGetValue(texts[rank][..space], out var left)
                && ids.TryGetValue(texts[rank][(space + 1)..], out var right)
                && ids.TryGetValue(string.Concat(texts[rank].AsSpan(0, space), texts[rank].AsSpan(space + 1)), out var merged))
                merges.Add(left, right, rank, merged);
        }
        return merges;
    }

    private static IEnumerable<string> Remarks(GgufVocabulary vocabulary, GgufPre pre)
    {
        if (string.IsNullOrEmpty(vocabulary.Text("pre")))
            yield return $"The file does not say how its tokenizer cuts texts ('{GgufVocabulary.Prefix}pre' is missing); "
                + $"'{GgufPres.Default}' is taken, as llama.cpp does, which is right for few models: convert the model anew.";
        if (pre.AddBegin && vocabulary.Flag("add_bos_token") is null)
            yield return $"The file does not say whether a text begins with the beginning-of-text token "
                + $"('{GgufVocabulary.Prefix}add_bos_token' is missing); it does, as '{pre.Name}' means in llama.cpp.";
    }
}
