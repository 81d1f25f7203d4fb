using System.Text;
using LlmKick.Sdk;
using LlmKick.Transformers.Tokenization.Bpe;
using LlmKick.Transformers.Tokenization.Loading;
using LlmKick.Transformers.Tokenization.Models;
using LlmKick.Transformers.Tokenization.Normalizing;

namespace LlmKick.Transformers.Tokenization.SentencePiece;

/// <summary>
/// Builds a tokenizer from a folder with a SentencePiece <c>.model</c> and no tokenizer.json. The ids are SentencePiece's own.
/// </summary>
/// <remarks>
/// transformers 5 does otherwise: it rebuilds such a model as a tokenizer of its own, finds <c>&lt;s&gt;</c>, <c>&lt;unk&gt;</c> and the
/// like in a text, loses a leading space, merges runs of spaces otherwise, and begins a text with the beginning-of-text token only where
/// tokenizer_config says so. Here they stay text, and a text begins with that token unless tokenizer_config says that it does not.
/// Tokens that other files add behind the model's own are found in a text, as there.
/// </remarks>
internal static class SentencePieceTokenizer
{
    // TrainerSpec.ModelType of sentencepiece_model.proto.
    private const int Unigram = 1;
    private const int Bpe = 2;
    // Eight times the largest known vocabulary: ids index lists, and a damaged one must not make it endless.
    private const int MostIds = 1 << 21;

    public static Pipeline Load(string path, TokenizerSettings settings)
    {
        LlmKickException Fault(string what) => new($"The tokenizer of '{path}' cannot be used: {what}.");
        var file = SentencePieceFile.Read(path);
        var pieces = file.Pieces;
        var added = settings.Declared.Where(token => token.Id >= pieces.Count).ToList();
        if (added.Find(token => token.Id >= MostIds) is { } beyond)
            throw Fault($"the token '{beyond.Content}' has the id {beyond.Id}, over the limit of {MostIds}");
        var whole = Texts(file, PieceKind.UserDefined).ToList();
        settings.Default("bos", pieces.ElementAtOrDefault(file.Begin).Text);
        settings.Default("eos", pieces.ElementAtOrDefault(file.End).Text);
        settings.Default("unk", pieces.Find(piece => piece.Kind == PieceKind.Unknown).Text);
        var own = settings.Id("eos", [.. pieces.Select(piece => piece.Text)])
            ?? (file.End >= 0 && file.End < pieces.Count ? file.End : null);
        var (begin, end) = (settings.AddsBegin ?? true, settings.AddsEnd ?? false);
        return new Pipeline(new TokenizerDefinition
        {
            Tokens = Tokens(file, added),
            Normalizer = new SentencePieceNormalizer(Charsmap.Read(file.Charsmap, Fault), file.Spaces, whole),
            Model = Model(file, whole, Fault),
            PreTokenizer = new([.. file.ModelType == Bpe && file.Spaces is { Escapes: true, IsSuffix: false }
                && pieces.Exists(piece => piece is { Text: "\u2581", Kind: PieceKind.Normal })
                ? [new SafeCuts(pieces.Select(piece => piece.Text))] : Array.Empty<SafeCuts>()]),
            Decoder = new SentencePieceDecoder(pieces, added.ToDictionary(token => token.Id), file.Spaces),
            Widths = id => Width(pieces, id),
            Added = added,
            Control = [.. Enumerable.Range(0, pieces.Count).Where(id => pieces[id].Kind is PieceKind.Control or PieceKind.Unknown)],
            Prefix = begin && file.Begin >= 0 && file.Begin < pieces.Count ? [file.Begin] : [],
            Suffix = end && own is { } last ? [last] : [],
            EndOfText = EndOfText.Of(settings, own),
            ChatTemplates = settings.ChatTemplates,
            SpecialTokens = settings.SpecialTokens(),
            Hash = TokenizerHash.Of(
                "sentencepiece", Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(path))),
                added, begin, end,
                settings.ChatTemplates.Main, settings.ChatTemplates.Named, settings.SpecialTokens(), EndOfText.Of(settings, own)),
            Remarks = [.. new[] { EndOfText.Remark(settings, own) }.OfType<string>()],
        });
    }

    private static IPieceModel Model(SentencePieceFile file, IReadOnlyList<string> whole, Func<string, LlmKickException> fault)
    {
        var used = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var id = 0; id < file.Pieces.Count; id++)
            if (file.Pieces[id] is { Text.Length: > 0, Kind: PieceKind.Normal or PieceKind.UserDefined or PieceKind.Unused } piece
                && !used.TryAdd(piece.Text, id))
                throw fault($"it has the piece '{piece.Text}' twice");
        var unknown = file.Pieces.FindIndex(piece => piece.Kind == PieceKind.Unknown);
        var bytes = file.HasByteFallback
            ? new ByteTokens(file.Pieces.Select((piece, id) => (piece.Text, id, piece.Kind)).Where(row => row.Kind == PieceKind.Byte)
            .DistinctBy(row => row.Text).ToDictionary(row => row.Text, row => row.id)) : null;
        var rule = new UnknownRule(unknown < 0 ? null : unknown, Fuses: true, bytes);
        return file.ModelType switch
        {
            Bpe => new ScoredBpeModel(used, file.Pieces.Count, id => file.Pieces[id].Score, rule, whole,
                [.. Texts(file, PieceKind.Unused)]),
            Unigram => UnigramOf(file, used, rule),
            _ => throw fault($"it is a model of {(file.ModelType == 3 ? "words" : "characters")}, and only BPE and Unigram are supported"),
        };
    }

    private static UnigramModel UnigramOf(SentencePieceFile file, Dictionary<string, int> used, UnknownRule rule)
    {
        var trie = new PieceTrie();
        foreach (var (text, id) in used)
            if (file.Pieces[id].Kind != PieceKind.Unused)
                trie.Add(text, id);
        var normal = file.Pieces.Where(piece => piece.Kind == PieceKind.Normal).Select(piece => piece.Score).DefaultIfEmpty(0).ToList();
        var (least, most) = (normal.Min(), normal.Max());
        double[] scores = [.. file.Pieces.Select(piece => piece.Kind == PieceKind.UserDefined
            ? Encoding.UTF8.GetByteCount(piece.Text) * most - 0.1 : piece.Score)];
        return new UnigramModel(trie, scores, least - (float)PieceModelReader.UnknownPenalty, rule, isSingle: true);
    }

    private static string?[] Tokens(SentencePieceFile file, List<AddedToken> added)
    {
        var tokens = new string?[Math.Max(file.Pieces.Count, added.Select(token => token.Id + 1).DefaultIfEmpty(0).Max())];
        for (var id = 0; id < file.Pieces.Count; id++)
            tokens[id] = file.Pieces[id].Text;
        foreach (var token in added)
            tokens[token.Id] = token.Content;
        return tokens;
    }

    private static IEnumerable<string> Texts(SentencePieceFile file, PieceKind kind) =>
        file.Pieces.Where(piece => piece.Kind == kind && piece.Text.Length > 0).Select(piece => piece.Text);

    private static int Width(List<(string Text, float Score, PieceKind Kind)> pieces, int id) => id >= pieces.Count ? -1
        : pieces[id].Kind switch
    {
        PieceKind.Byte => 1,
        PieceKind.Unknown => -1,
        _ => Encoding.UTF8.GetByteCount(pieces[id].Text),
    };
}
