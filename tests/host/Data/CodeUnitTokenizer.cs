using System.Text;
using LlmKick.Sdk.Models;

namespace LlmKick.Tests.Data;

/// <summary>Each UTF-16 unit is a token.</summary>
/// <param name="before">What it puts before a text where special tokens are asked for.</param>
internal sealed class CodeUnitTokenizer(string before = "") : ITokenizer
{
    public int VocabularySize => char.MaxValue + 1;

    public string Hash => "code units";

    public int? BeginOfText => null;

    public IReadOnlyList<int> EndOfText => [];

    public int[] Encode(string text, bool addSpecial = false, bool parseSpecial = true) =>
        [.. ((addSpecial ? before : "") + text).Select(unit => (int)unit)];

    public string Decode(IReadOnlyList<int> ids, bool skipSpecial = false) => string.Concat(ids.Select(id => (char)id));

    public ReadOnlyMemory<byte> Bytes(int id) => Encoding.UTF8.GetBytes(Decode([id]));

    public bool IsSpecial(int id) => false;
}
