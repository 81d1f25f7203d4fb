using System.Text;
using LlmKick.Transformers.Tokenization.Models;

namespace LlmKick.Transformers.Tokenization.Loading;

/// <summary>Reads the <c>model</c> part: its vocabulary, and what turns pieces into ids.</summary>
internal static class PieceModelReader
{
    /// <summary>The kind of a model; older files leave it out.</summary>
    public static string Kind(TokenizerElement model) => model.Optional("type")?.AsText()
        ?? (model.Optional("merges") is not null ? "BPE" : model.Optional("continuing_subword_prefix") is not null ? "WordPiece"
            : model.Optional("unk_id") is not null ? "Unigram" : "WordLevel");

    public static PieceModelParts Read(TokenizerElement model, VocabularyBuilder vocabulary, bool endsInBytes) => Kind(model) switch
    {
        "BPE" => BpeModelReader.Read(model, vocabulary, endsInBytes),
        "Unigram" => Unigram(model, vocabulary),
        "WordPiece" => WordPiece(model, Words(model, vocabulary)),
        "WordLevel" =>
            new PieceModelParts(new WordLevelModel(Words(model, vocabulary).Ids, Unknown(model, vocabulary, required: false)), _ => -1),
        _ => throw model.Unsupported(),
    };

    private static VocabularyBuilder Words(TokenizerElement model, VocabularyBuilder vocabulary)
    {
        foreach (var (token, id) in model.Required("vocab").Members())
            vocabulary.Add(token, id.AsId());
        return vocabulary;
    }

    private static int? Unknown(TokenizerElement model, VocabularyBuilder vocabulary, bool required)
    {
        var text = model.Optional("unk_token")?.AsText() ?? (required ? "[UNK]" : null);
        return text is null ? null : vocabulary.Ids.TryGetValue(text, out var id) ? id
            : required ? throw model.Fault($"its unknown token '{text}' is not in the vocabulary") : null;
    }

    private static PieceModelParts WordPiece(TokenizerElement model, VocabularyBuilder vocabulary)
    {
        var prefix = model.Optional("continuing_subword_prefix")?.AsText() ?? "##";
        var unknown = Unknown(model, vocabulary, required: true)!.Value;
        // Hugging Face's default.
        var longest = model.Optional("max_input_chars_per_word")?.AsId() ?? 100;
        return new PieceModelParts(
            new WordPieceModel(vocabulary.Ids, prefix, unknown, longest),
            TokenWidths.Of(vocabulary, unknown, token => Encoding.UTF8.GetByteCount(prefix.Length > 0
                && token.StartsWith(prefix, StringComparison.Ordinal) ? token[prefix.Length..] : token)));
    }

    private static PieceModelParts Unigram(TokenizerElement model, VocabularyBuilder vocabulary)
    {
        var (scores, trie) = (new List<double>(), new PieceTrie());
        foreach (var row in model.Required("vocab").Items())
        {
            var (token, score) = row.Items().ToList() is [var text, var number] ? (text.AsText(), number.AsNumber())
                : throw row.Fault("a token is not a text with its score");
            // The last of equal texts is the one that is found.
            trie.Add(token, scores.Count);
            vocabulary.AddShared(token, scores.Count);
            scores.Add(score);
        }
        var unknown = model.Optional("unk_id")?.AsId();
        if (unknown < 0 || unknown >= scores.Count)
            throw model.Fault($"its unknown token has the id {unknown}, outside the vocabulary of {scores.Count}");
        var bytes = model.Flag("byte_fallback") ? new ByteTokens(vocabulary.Ids) : null;
        return new PieceModelParts(
            new UnigramModel(trie, [.. scores], scores.DefaultIfEmpty(0).Min() - UnknownPenalty,
                new UnknownRule(unknown, Fuses: true, bytes)),
            TokenWidths.Of(vocabulary, unknown, Encoding.UTF8.GetByteCount, bytes is not null));
    }

    /// <summary>How much worse than the worst token an unknown character is.</summary>
    public const double UnknownPenalty = 10;
}
