using System.Text;
using LlmKick.Transformers.Tokenization.Bpe;
using LlmKick.Transformers.Tokenization.Models;
using LlmKick.Transformers.Tokenization.Splitting;

namespace LlmKick.Transformers.Tokenization.Loading;

/// <summary>Reads a <c>model</c> part that is BPE, of bytes or of characters.</summary>
internal static class BpeModelReader
{
    public static PieceModelParts Read(TokenizerElement model, VocabularyBuilder vocabulary, bool endsInBytes)
    {
        if (model.Optional("dropout") is not null)
            throw model.Fault("its model has 'dropout', with which a text has no fixed tokens");
        foreach (var (token, id) in model.Required("vocab").Members())
            vocabulary.Add(token, id.AsId());
        var prefix = model.Optional("continuing_subword_prefix")?.AsText() ?? "";
        var merges = new BpeMerges([.. model.Required("merges").Items().Select(merge => Merge(merge, vocabulary, prefix.Length))]);
        var suffix = model.Optional("end_of_word_suffix")?.AsText() ?? "";
        var bytes = endsInBytes && prefix.Length + suffix.Length == 0
            && !model.Flag("byte_fallback") ? new ByteSymbols(vocabulary.Ids) : null;
        if (bytes is not null && (bytes.CoversAllBytes || model.Optional("unk_token") is null))
            return new PieceModelParts(
                new BpeModel(vocabulary.Ids, bytes, merges, model.Flag("ignore_merges")),
                TokenWidths.Of(vocabulary, null, token => ByteAlphabet.Decode(token).Length), ReadsBytes: true);
        return Characters(model, vocabulary, merges, prefix, suffix);
    }

    private static PieceModelParts Characters(TokenizerElement model, VocabularyBuilder vocabulary, BpeMerges merges, string prefix,
        string suffix)
    {
        var unknown = model.Optional("unk_token")?.AsText() is { } text
            ? vocabulary.Ids.TryGetValue(text, out var id) ? id : throw model.Fault($"its unknown token '{text}' is not in the vocabulary")
            : (int?)null;
        var hasBytes = model.Flag("byte_fallback");
        var rule = new UnknownRule(unknown, model.Flag("fuse_unk"), hasBytes ? new ByteTokens(vocabulary.Ids) : null);
        var ignoresMerges = model.Flag("ignore_merges");
        return new PieceModelParts(
            new BpeModel(vocabulary.Ids, new CharacterSymbols(vocabulary.Ids, rule, prefix, suffix), merges, ignoresMerges),
            TokenWidths.Of(vocabulary, unknown, token => Encoding.UTF8.GetByteCount(Bare(token, prefix, suffix)), hasBytes),
            Cuts: !ignoresMerges && prefix.Length + suffix.Length == 0
                && vocabulary.Ids.ContainsKey("\u2581") ? new SafeCuts(vocabulary.Ids.Keys) : null);
    }

    private static string Bare(string token, string prefix, string suffix)
    {
        if (prefix.Length > 0 && token.StartsWith(prefix, StringComparison.Ordinal))
            token = token[prefix.Length..];
        return suffix.Length > 0 && token.EndsWith(suffix, StringComparison.Ordinal) ? token[..^suffix.Length] : token;
    }

    private static (int Left, int Right, int Merged) Merge(TokenizerElement merge, VocabularyBuilder vocabulary, int prefix)
    {
        if (merge.IsText)
            return vocabulary.Merge(merge.AsText(), prefix);
        return merge.Items().ToList() is [var left, var right]
            ? vocabulary.Merge(left.AsText(), right.AsText(), prefix)
            : throw merge.Fault("a merge is not a pair of tokens");
    }
}
