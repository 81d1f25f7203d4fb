using LlmKick.Sdk.Models;

namespace LlmKick.Tests.Commands;

/// <summary>A tokenizer that cuts one text as it is told, and is otherwise another.</summary>
internal sealed class GivenIds(ITokenizer inner, int[] ids) : ITokenizer
{
    public int VocabularySize => inner.VocabularySize;

    public string Hash => inner.Hash;

    public int? BeginOfText => inner.BeginOfText;

    public IReadOnlyList<int> EndOfText => inner.EndOfText;

    public int[] Encode(string text, bool addSpecial = false, bool parseSpecial = true) => ids;

    public string Decode(IReadOnlyList<int> ids, bool skipSpecial = false) => inner.Decode(ids, skipSpecial);

    public ReadOnlyMemory<byte> Bytes(int id) => inner.Bytes(id);

    public bool IsSpecial(int id) => inner.IsSpecial(id);
}
