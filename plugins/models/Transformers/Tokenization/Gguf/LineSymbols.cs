using LlmKick.Transformers.Tokenization.Bpe;

namespace LlmKick.Transformers.Tokenization.Gguf;

/// <summary>Symbols of characters, of which line feeds alone may be a token whatever the merges say.</summary>
internal sealed class LineSymbols(CharacterSymbols inner) : ISymbols
{
    public int[] Read(ReadOnlySpan<char> piece) => inner.Read(piece);

    public string? Spell(ReadOnlySpan<char> piece) => piece.ContainsAnyExcept('\n') ? null : inner.Spell(piece);
}
