
namespace LlmKick.Transformers.Tokenization.Splitting;

/// <summary>Writes pieces in the byte alphabet, for models that do not do so themselves.</summary>
internal sealed class ByteSpelling : IPreTokenizer
{
    public void Split(Fragment text, Action<Fragment> onPiece) => onPiece(CharacterMaps.ByteLevel.Normalize(text));
}
