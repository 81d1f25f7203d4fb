namespace LlmKick.Transformers.Tokenization.Splitting;

/// <summary>Cuts a text into pieces of which no token holds two, and may change them.</summary>
internal interface IPreTokenizer
{
    void Split(Fragment text, Action<Fragment> onPiece);
}
