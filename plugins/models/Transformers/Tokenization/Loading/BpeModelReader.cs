using LlmKick.Transformers.Tokenization.Bpe;

namespace LlmKick.Transformers.Tokenization.Loading;

/// <summary>Reads the <c>model</c> part: byte-level BPE without dropout, fallbacks or affixes.</summary>
internal static class BpeModelReader
{
    public static BpeModel Read(TokenizerElement model, VocabularyBuilder vocabulary)
    {
        if (model.Type != "BPE")
            throw model.Unsupported();
        CheckOptions(model);
        foreach (var (token, id) in model.Required("vocab").Members())
            vocabulary.Add(token, id.AsId());
        var merges = model.Required("merges").Items().Select(merge => Merge(merge, vocabulary)).ToList();
        var result = new BpeModel(vocabulary.Ids, new BpeMerges(merges), model.Flag("ignore_merges"));
        return model.Optional("unk_token") is null || result.CoversAllBytes
            ? result
            : throw model.Fault("its model has an 'unk_token' and no tokens for some bytes, which is not supported");
    }

    private static void CheckOptions(TokenizerElement model)
    {
        if (model.Optional("dropout") is not null)
            throw model.Fault("its model has 'dropout', which is not supported");
        if (model.Flag("byte_fallback"))
            throw model.Fault("its model has 'byte_fallback' (SentencePiece), which is not supported; only byte-level BPE is");
        foreach (var affix in new[] { "continuing_subword_prefix", "end_of_word_suffix" })
            if (model.Optional(affix) is { } value && value.AsText().Length > 0)
                throw model.Fault($"its model has '{affix}', which is not supported");
    }

    private static (int Left, int Right, int Merged) Merge(TokenizerElement merge, VocabularyBuilder vocabulary)
    {
        if (merge.IsText)
            return vocabulary.Merge(merge.AsText());
        return merge.Items().ToList() is [var left, var right]
            ? vocabulary.Merge(left.AsText(), right.AsText())
            : throw merge.Fault("a merge is not a pair of tokens");
    }
}
