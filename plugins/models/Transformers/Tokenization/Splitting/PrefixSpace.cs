namespace LlmKick.Transformers.Tokenization.Splitting;

/// <summary>A space in front of a text that begins with none.</summary>
internal sealed class PrefixSpace : IPreTokenizer
{
    public void Split(Fragment text, Action<Fragment> onPiece)
    {
        if (text.Length == 0 || text.Span[0] == ' ')
        {
            onPiece(text);
            return;
        }
        var builder = new FragmentBuilder(text);
        builder.Put(" ", 0, 0);
        builder.Copy(0, text.Length);
        onPiece(builder.Build());
    }
}
