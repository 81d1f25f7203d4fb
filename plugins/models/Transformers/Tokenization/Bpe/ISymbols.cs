namespace LlmKick.Transformers.Tokenization.Bpe;

/// <summary>The tokens that a piece consists of before any merge.</summary>
internal interface ISymbols
{
    /// <summary>The ids, which are the caller's.</summary>
    int[] Read(ReadOnlySpan<char> piece);

    /// <summary>The piece as a token's text; null where no token can be it.</summary>
    string? Spell(ReadOnlySpan<char> piece);
}
