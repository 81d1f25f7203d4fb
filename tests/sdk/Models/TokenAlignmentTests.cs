using LlmKick.Sdk;
using LlmKick.Sdk.Models;

namespace LlmKick.Tests.Models;

public sealed class TokenAlignmentTests
{
    [Fact]
    public void EncodeWithSpans_BytesOfCharacters_EachStandsForTheWholeCharacter()
    {
        ITokenizer tokenizer = ByteTokenizer.Instance;

        var spans = tokenizer.EncodeWithSpans("aé😀", addSpecial: true);

        Assert.Equal(tokenizer.Encode("aé😀", addSpecial: true), spans.Select(span => span.Id));
        Assert.Equal(
            [(0, 0), (0, 1), (1, 2), (1, 2), (2, 4), (2, 4), (2, 4), (2, 4)],
            spans.Select(span => (span.Start, span.End)));
    }

    [Fact]
    public void EncodeWithSpans_TokenizerThatChangesTexts_IsRefused()
    {
        ITokenizer folding = new FoldingTokenizer();

        var fault = Assert.Throws<LlmKickException>(() => folding.EncodeWithSpans("aB"));

        Assert.Contains("token 66", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Knows_IdsOutsideTheVocabulary_AreUnknown()
    {
        ITokenizer tokenizer = ByteTokenizer.Instance;

        Assert.Equal([false, true, true, true, false], new[] { -1, 0, 256, 257, 258 }.Select(tokenizer.Knows));
    }

    /// <summary>Decodes to small letters only.</summary>
    private sealed class FoldingTokenizer : ITokenizer
    {
        public int VocabularySize => 256;

        public string Hash => "";

        public int? BeginOfText => null;

        public IReadOnlyList<int> EndOfText => [];

        public int[] Encode(string text, bool addSpecial = false, bool parseSpecial = true) => [.. text.Select(letter => (int)letter)];

        public string Decode(IReadOnlyList<int> ids, bool skipSpecial = false) => "";

        public ReadOnlyMemory<byte> Bytes(int id) => new[] { (byte)char.ToLowerInvariant((char)id) };

        public bool IsSpecial(int id) => false;
    }
}
