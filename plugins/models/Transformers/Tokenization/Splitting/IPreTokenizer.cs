namespace LlmKick.Transformers.Tokenization.Splitting;

/// <summary>Cuts a text into pieces of which no token holds two, and may change them.</summary>
internal interface IPreTokenizer
{
    void Split(Fragment text, Action<Fragment> onPiece);
}

/// <summary>Cuts one after the other: each cuts every piece that the one before it left.</summary>
internal sealed class PreTokenizerChain(IReadOnlyList<IPreTokenizer> parts)
{
    public IReadOnlyList<IPreTokenizer> Parts => parts;

    /// <summary>All steps as one.</summary>
    public Action<Fragment> Before(Action<Fragment> onPiece)
    {
        for (var i = parts.Count - 1; i >= 0; i--)
        {
            var (part, next) = (parts[i], onPiece);
            onPiece = text => part.Split(text, next);
        }
        return onPiece;
    }
}
