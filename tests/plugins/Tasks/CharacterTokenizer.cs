using System.Text;
using LlmKick.Sdk.Models;

namespace LlmKick.Tests.Tasks;

/// <summary>Each UTF-16 unit is a token; one id more may stand before a text.</summary>
internal sealed class CharacterTokenizer(bool hasBos = false) : ITokenizer
{
    public const int Bos = char.MaxValue + 1;

    public int VocabularySize => Bos + 1;

    public string Hash => "characters";

    public string? ChatTemplate { get; init; }

    public int? BeginOfText => hasBos ? Bos : null;

    public IReadOnlyList<int> EndOfText => [];

    public int[] Encode(string text, bool addSpecial = false, bool parseSpecial = true) =>
        [.. addSpecial && hasBos ? [Bos] : Array.Empty<int>(), .. text.Select(character => (int)character)];

    public string Decode(IReadOnlyList<int> ids, bool skipSpecial = false) =>
        string.Concat(ids.Select(id => IsSpecial(id) ? skipSpecial ? "" : "<s>" : ((char)id).ToString()));

    public ReadOnlyMemory<byte> Bytes(int id) => Encoding.UTF8.GetBytes(Decode([id]));

    public bool IsSpecial(int id) => id == Bos;
}
