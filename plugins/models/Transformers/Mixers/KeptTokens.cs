namespace LlmKick.Transformers.Mixers;

/// <summary>What is kept of each token for later ones: keys and values, or what they are made of.</summary>
/// <param name="Heads">Heads of both.</param>
/// <param name="KeyWidth">Numbers of a key.</param>
/// <param name="ValueWidth">Numbers of a value.</param>
internal sealed record KeptTokens(int Heads, int KeyWidth, int ValueWidth)
{
    /// <summary>Numbers of a token.</summary>
    public long Count => (long)Heads * (KeyWidth + ValueWidth);
}
