using System.Text;
using LlmKick.Sdk.Models;
using LlmKick.Sdk.Templates;
using LlmKick.Transformers.Tokenization.Models;

namespace LlmKick.Transformers.Tokenization;

/// <summary>
/// Added tokens are found in the text, what lies between is normalized, cut and turned into ids by a model, and special tokens
/// go around it: the reference's order, of whatever parts a file names.
/// </summary>
internal sealed class Pipeline : ITokenizer
{
    private readonly TokenizerDefinition _definition;
    private readonly PieceCache _model;
    private readonly AddedTokenMatcher _raw;
    private readonly AddedTokenMatcher _normalized;
    private readonly HashSet<int> _special;

    public Pipeline(TokenizerDefinition definition)
    {
        _definition = definition;
        _model = new PieceCache(definition.Model);
        _raw = new AddedTokenMatcher(definition.Added.Where(token => !token.Normalized));
        _normalized = new AddedTokenMatcher(definition.Added.Where(token => token.Normalized)
            .Select(token => token with { Content = Normalize(Fragment.Of(token.Content, tracked: false)).Span.ToString() }));
        _special = [.. definition.Added.Where(token => token.Special).Select(token => token.Id), .. definition.Control];
    }

    public int VocabularySize => _definition.Tokens.Count;

    public string Hash => _definition.Hash;

    public int? BeginOfText => _definition.Prefix is [var first, ..] ? first : null;

    public IReadOnlyList<int> EndOfText => _definition.EndOfText;

    public string? ChatTemplate => _definition.ChatTemplates.Main;

    public ChatTemplateSet ChatTemplates => _definition.ChatTemplates;

    public IReadOnlyDictionary<string, string> SpecialTokens => _definition.SpecialTokens;

    public IReadOnlyList<string> Remarks => _definition.Remarks;

    public TokenizerDefinition Definition => _definition;

    public int[] Encode(string text, bool addSpecial = false, bool parseSpecial = true) =>
        [.. Run(text, addSpecial, parseSpecial, new TokenSink(_model, null)).Ids];

    public IReadOnlyList<TokenSpan> EncodeWithSpans(string text, bool addSpecial = false, bool parseSpecial = true) =>
        Run(text, addSpecial, parseSpecial, new TokenSink(_model, new PieceAlignment(_definition.Widths))).Spans();

    public string Decode(IReadOnlyList<int> ids, bool skipSpecial = false)
    {
        foreach (var id in ids)
            Check(id);
        return _definition.Decoder.Decode(ids, skipSpecial);
    }

    public ReadOnlyMemory<byte> Bytes(int id)
    {
        Check(id);
        return _definition.Decoder.Bytes(id);
    }

    public bool IsSpecial(int id) => _special.Contains(id);

    private TokenSink Run(string text, bool addSpecial, bool parseSpecial, TokenSink sink)
    {
        var whole = Fragment.Of(WellFormed(text), sink.IsTracked);
        sink.Put(addSpecial ? _definition.Prefix : [], new TextRange(0, 0));
        var split = _definition.PreTokenizer.Before(sink.AddPiece);
        _raw.Split(whole, parseSpecial, sink.Add, piece => _normalized.Split(Normalize(piece), parseSpecial, sink.Add, split));
        sink.Put(addSpecial ? _definition.Suffix : [], new TextRange(whole.Length, whole.Length));
        return sink;
    }

    private void Check(int id)
    {
        if (id < 0 || id >= VocabularySize)
            throw new ArgumentOutOfRangeException(nameof(id), id, $"The vocabulary has the ids 0 to {VocabularySize - 1}.");
    }

    private Fragment Normalize(Fragment text) => _definition.Normalizer?.Normalize(text) ?? text;

    /// <summary>The text with unpaired surrogates replaced.</summary>
    private static string WellFormed(string text)
    {
        for (var at = 0; text.AsSpan(at).IndexOfAnyInRange('\uD800', '\uDFFF') is >= 0 and var next; at += next + 2)
            if (at + next + 1 >= text.Length || !char.IsSurrogatePair(text, at + next))
                return Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
        return text;
    }
}
