using System.Text;
using LlmKick.Transformers.Tokenization.Bpe;
using LlmKick.Transformers.Tokenization.Loading;
using LlmKick.Transformers.Tokenization.Models;
using LlmKick.Transformers.Tokenization.Normalizing;
using LlmKick.Transformers.Tokenization.SentencePiece;
using LlmKick.Transformers.Tokenization.Splitting;

namespace LlmKick.Transformers.Tokenization.Gguf;

/// <summary>Vocabularies that came from SentencePiece: <c>llama</c> (BPE by scores), <c>gemma4</c> (BPE by ranks), <c>t5</c>
/// (Unigram).</summary>
internal static class GgufSentencePiece
{
    private const string Mark = "\u2581";

    public static TokenizerDefinition Bpe(GgufVocabulary vocabulary)
    {
        var (ids, adds) = (vocabulary.Builder.Ids, vocabulary.Flag("add_space_prefix") ?? true);
        var (scores, count) = (vocabulary.Scores, vocabulary.Tokens.Count);
        var unknown = new UnknownRule(vocabulary.Id("unknown", 0), Fuses: false, new ByteTokens(ids));
        var pieces = ids.Where(token => token.Key.Length > 0).ToDictionary();
        return Define(vocabulary, new SpaceRules(adds, RemovesExtra: false), begins: true, ends: false) with
        {
            Normalizer = Marks(adds),
            Model = new ScoredBpeModel(pieces, count, id => scores[id], unknown),
            PreTokenizer = new PreTokenizerChain(ids.ContainsKey(Mark) ? [new SafeCuts(ids.Keys)] : []),
            Hash = TokenizerHash.Of("llama", scores, vocabulary.Kinds, adds),
        };
    }

    /// <summary>Gemma 4's: lines are cut off, and a run of line feeds that is a token is one. A text always begins with the
    /// beginning-of-text token.</summary>
    public static TokenizerDefinition Ranked(GgufVocabulary vocabulary)
    {
        var ids = vocabulary.Builder.Ids;
        var symbols = new LineSymbols(new CharacterSymbols(ids, new UnknownRule(null, Bytes: new ByteTokens(ids))));
        return Define(vocabulary, new SpaceRules(AddsPrefix: false, RemovesExtra: false), begins: true, ends: false) with
        {
            Normalizer = Marks(adds: false),
            Model = new BpeModel(ids, symbols, GgufBpe.Merges(vocabulary), ignoreMerges: true),
            PreTokenizer = new PreTokenizerChain(
                [new RuleSplitter(new LineRule()), .. ids.ContainsKey(Mark) ? [new SafeCuts(ids.Keys)] : Array.Empty<IPreTokenizer>()]),
            Prefix = [vocabulary.RequireId("bos")],
            Hash = TokenizerHash.Of("gemma4", vocabulary.Merges, vocabulary.Kinds),
        };
    }

    public static TokenizerDefinition Unigram(GgufVocabulary vocabulary)
    {
        var rules = new SpaceRules(vocabulary.Flag("add_space_prefix") ?? false, vocabulary.Flag("remove_extra_whitespaces") ?? false);
        var trie = new PieceTrie();
        foreach (var (text, id) in vocabulary.Builder.Ids)
            if (vocabulary.Kinds[id] is PieceKind.Normal or PieceKind.UserDefined or PieceKind.Unused && text.Length > 0)
                trie.Add(text, id);
        var least = vocabulary.Scores.Where((_, id) => vocabulary.Kinds[id] == PieceKind.Normal).DefaultIfEmpty(0).Min();
        return Define(vocabulary, rules, begins: false, ends: true) with
        {
            Normalizer = new UnigramSpaces(Charsmap.Read(vocabulary.Charsmap, vocabulary.Builder.Fault), rules),
            Model = new UnigramModel(
                trie, [.. vocabulary.Scores.Select((score, id) => vocabulary.Kinds[id] == PieceKind.UserDefined ? 0.0 : score)],
                least - (float)PieceModelReader.UnknownPenalty, new UnknownRule(vocabulary.Id("unknown", 2), Fuses: true)),
            Hash = TokenizerHash.Of("t5", vocabulary.Scores, vocabulary.Kinds, rules, vocabulary.Charsmap),
        };
    }

    private static NormalizerChain Marks(bool adds) =>
        new([.. adds ? [new Prepend(" ")] : Array.Empty<INormalizer>(), new Replace(new TextMatcher(" "), Mark)]);

    private static TokenizerDefinition Define(GgufVocabulary vocabulary, SpaceRules rules, bool begins, bool ends)
    {
        var (prefix, suffix) = GgufEnds.Of(vocabulary, begins, ends);
        var pieces = vocabulary.Tokens.Select((token, id) => (token, vocabulary.Scores[id], vocabulary.Kinds[id])).ToList();
        return new TokenizerDefinition
        {
            Tokens = vocabulary.Tokens,
            Model = null!,
            Decoder = new SentencePieceDecoder(pieces, new Dictionary<int, AddedToken>(), rules with { RemovesExtra = false },
                unknownText: null),
            Widths = id => vocabulary.Kinds[id] == PieceKind.Byte ? 1 : vocabulary.Kinds[id] == PieceKind.Unknown ? -1
                : Encoding.UTF8.GetByteCount(vocabulary.Tokens[id]),
            Added = GgufAddedTokens.Read(vocabulary),
            Prefix = prefix,
            Suffix = suffix,
            Hash = "",
        };
    }
}
