using LlmKick.Sdk;
using LlmKick.Tests.Oracles;
using LlmKick.Transformers.Export.Folders;
using LlmKick.Transformers.Formats.Gguf;
using LlmKick.Transformers.Tokenization;
using LlmKick.Transformers.Tokenization.Facts;
using LlmKick.Transformers.Tokenization.Gguf;
using LlmKick.Transformers.Tokenization.Loading;
using LlmKick.Transformers.Tokenization.Sources;

namespace LlmKick.Tests.Transformers.Tokenization;

/// <summary>A tokenizer goes from a folder to a GGUF file and from there to a folder, and gives the same ids.</summary>
public sealed class TokenizerExportTests
{
    public static TheoryData<string> Pres => [.. GgufPres.KnownNames.Split(", ")];

    [Theory]
    [MemberData(nameof(Pres))]
    public void Gguf_OfEveryPre_AsAFolder_EqualIds(string pre)
    {
        using var folder = new TemporaryFolder();
        AssertSame(folder, FactsOfFolder.Of(TokenizerShapes.Write("gpt2-style", folder), 0) with { PreTokenizer = pre,
            IgnoresMerges = GgufPres.Find(pre)!.IgnoreMerges, Begin = 1, End = 2 });
    }

    [Theory]
    [InlineData("sentencepiece-bpe")]
    [InlineData("gemma")]
    [InlineData("t5")]
    public void Gguf_OfEveryKind_AsAFolder_EqualIds(string kind)
    {
        using var folder = new TemporaryFolder();
        AssertSame(folder, kind == "sentencepiece-bpe" ? FactsOfFolder.Of(SharedData.Require("golden/tokenizers/sentencepiece-bpe"), 0)
            : Facts(kind, folder));
    }

    [Theory]
    [InlineData("wordpiece", "WordPiece")]
    [InlineData("unigram-bytes", "falls back to bytes")]
    [InlineData("unigram", "NFKC")]
    [InlineData("llama2-style", "merges")]
    public void Folder_WhoseTokenizerNoGgufSays_IsRefusedByName(string shape, string named)
    {
        using var folder = new TemporaryFolder();
        var fault = Assert.Throws<LlmKickException>(() => Facts(shape, folder));

        Assert.Contains(named, fault.Message, StringComparison.Ordinal);
    }

    private static TokenizerFacts Facts(string shape, TemporaryFolder folder)
    {
        TokenizerShapes.Write(shape, folder);
        return FactsOfFolder.Of(folder.Path, 0);
    }

    private static void AssertSame(TemporaryFolder folder, TokenizerFacts facts)
    {
        File.WriteAllBytes(folder.File("a.gguf"), GgufVocabularyFile.Of(facts));
        var gguf = GgufVocabularyFile.Load(folder.File("a.gguf"));
        var again = Export(folder);
        Assert.All(RandomTexts.Make(300, seed: 8),
            text => Assert.Equal(gguf.Encode(text, addSpecial: true), again.Encode(text, addSpecial: true)));
        Assert.Equal(gguf.EndOfText, again.EndOfText);
    }

    private static Pipeline Export(TemporaryFolder folder)
    {
        var target = Directory.CreateDirectory(folder.File("exported")).FullName;
        using var file = GgufFile.Open(folder.File("a.gguf"));
        foreach (var draft in TokenizerOfGguf.Files(file))
        {
            using var stream = File.Create(Path.Combine(target, draft.Name));
            draft.Write(stream, () => { });
        }
        return TokenizerSource.Load(target);
    }
}
