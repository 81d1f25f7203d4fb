using System.Text;
using LlmKick.Sdk.Models;
using LlmKick.Transformers.Tokenization.Bpe;

namespace LlmKick.Transformers.Tokenization;

/// <summary>Byte-level BPE as the reference tokenizers do it.</summary>
internal sealed class BpeTokenizer : ITokenizer
{
    private readonly TokenizerDefinition _definition;
    private readonly PieceCache _pieces;
    private readonly AddedTokenMatcher _raw;
    private readonly AddedTokenMatcher _normalized;
    private readonly HashSet<int> _special;

    public BpeTokenizer(TokenizerDefinition definition)
    {
        _definition = definition;
        _pieces = new PieceCache(definition.Model);
        _raw = new AddedTokenMatcher(definition.Added.Where(token => !token.Normalized));
        _normalized = new AddedTokenMatcher(definition.Added.Where(token => token.Normalized).Select(Normalize));
        _special = [.. definition.Added.Where(token => token.Special).Select(token => token.Id)];
    }

    public int VocabularySize => _definition.Tokens.Count;

    public string Hash => _definition.Hash;

    public int? BeginOfText => _definition.Prefix is [var first, ..] ? first : null;

    public IReadOnlyList<int> EndOfText => _definition.EndOfText;

    public string? ChatTemplate => _definition.ChatTemplate;

    public int[] Encode(string text, bool addSpecial = false, bool parseSpecial = true)
    {
        var ids = new List<int>();
        if (addSpecial)
            ids.AddRange(_definition.Prefix);
        _raw.Split(WellFormed(text), parseSpecial, ids.Add, piece => EncodeText(piece, parseSpecial, ids));
        if (addSpecial)
            ids.AddRange(_definition.Suffix);
        return [.. ids];
    }

    public string Decode(IReadOnlyList<int> ids, bool skipSpecial = false)
    {
        using var bytes = new MemoryStream();
        foreach (var id in ids)
            if (!skipSpecial || !IsSpecial(id))
                bytes.Write(Bytes(id).Span);
        return Encoding.UTF8.GetString(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
    }

    public ReadOnlyMemory<byte> Bytes(int id) => id >= 0 && id < VocabularySize
        ? _definition.Bytes[id]
        : throw new ArgumentOutOfRangeException(nameof(id), id, $"The vocabulary has the ids 0 to {VocabularySize - 1}.");

    public bool IsSpecial(int id) => _special.Contains(id);

    private void EncodeText(ReadOnlySpan<char> text, bool parseSpecial, List<int> ids) =>
        _normalized.Split(Normalize(text), parseSpecial, ids.Add, piece => _definition.Splitter.Split(piece, word => ids.AddRange(_pieces.Encode(word))));

    private AddedToken Normalize(AddedToken token) => token with { Content = Normalize(token.Content).ToString() };

    private ReadOnlySpan<char> Normalize(ReadOnlySpan<char> text) =>
        _definition.ComposesText && !Ascii.IsValid(text) ? text.ToString().Normalize(NormalizationForm.FormC) : text;

    /// <summary>The text with unpaired surrogates replaced.</summary>
    private static string WellFormed(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}
