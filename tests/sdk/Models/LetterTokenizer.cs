using System.Text;
using LlmKick.Sdk.Models;

namespace LlmKick.Tests.Models;

/// <summary>Ids are letters from 'A' on; the last id ends a text.</summary>
internal sealed class LetterTokenizer : ITokenizer
{
    public int VocabularySize { get; init; } = DecayDecoder.Vocabulary;

    public string Hash => "letters";

    public int? BeginOfText => null;

    public IReadOnlyList<int> EndOfText => [DecayDecoder.Vocabulary - 1];

    public int[] Encode(string text, bool addSpecial = false, bool parseSpecial = true) => [.. text.Select(letter => letter - 'A')];

    public string Decode(IReadOnlyList<int> ids, bool skipSpecial = false) => ids.Any(id => id >= VocabularySize)
        ? throw new ArgumentOutOfRangeException(nameof(ids))
        : string.Concat(ids.Where(id => !skipSpecial || !IsSpecial(id)).Select(id => (char)('A' + id)));

    public ReadOnlyMemory<byte> Bytes(int id) => Encoding.UTF8.GetBytes(Decode([id]));

    public bool IsSpecial(int id) => id == DecayDecoder.Vocabulary - 1;
}
