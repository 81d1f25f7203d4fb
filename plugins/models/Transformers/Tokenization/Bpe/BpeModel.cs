using LlmKick.Transformers.Tokenization.Models;

namespace LlmKick.Transformers.Tokenization.Bpe;

/// <summary>BPE over one piece of text.</summary>
/// <param name="vocabulary">Ids by token.</param>
/// <param name="symbols">What a piece consists of before any merge.</param>
/// <param name="merges">The merges.</param>
/// <param name="ignoreMerges">Whether a piece that is a token is taken whole, whatever the merges say.</param>
internal sealed class BpeModel(Dictionary<string, int> vocabulary, ISymbols symbols, BpeMerges merges, bool ignoreMerges) : IPieceModel
{
    public ISymbols Symbols => symbols;

    /// <summary>Whether merges make every token but some, so that taking pieces whole changes nothing.</summary>
    /// <param name="besides">Tokens that no piece is, such as control tokens.</param>
    public bool MergesMakeAll(IReadOnlySet<int> besides) => vocabulary.Where(token => !besides.Contains(token.Value)).All(token =>
        PieceMerger.Merge(merges, [.. token.Key.Select(character => vocabulary.GetValueOrDefault(character.ToString(), -1))]) is [var id]
            && id == token.Value);

    public int[] Encode(ReadOnlySpan<char> piece) => ignoreMerges && symbols.Spell(piece) is { } text
        && vocabulary.TryGetValue(text, out var whole)
        ? [whole]
        : PieceMerger.Merge(merges, symbols.Read(piece));
}
