using System.Text.Json;
using LlmKick.Sdk;
using LlmKick.Transformers.Tokenization.Loading;
using LlmKick.Transformers.Tokenization.Sources;

namespace LlmKick.Tests.Transformers.Tokenization;

/// <summary>Folders with a SentencePiece model and no tokenizer.json.</summary>
public sealed class SentencePieceTests
{
    private const string Golden = "golden/tokenizers/sentencepiece-bpe";

    [Fact]
    public void Encode_ReferenceTexts_SentencePiecesOwnIdsAndText()
    {
        var tokenizer = TokenizerSource.Load(SharedData.Require(Golden));
        using var golden = JsonDocument.Parse(File.ReadAllBytes(SharedData.Require(Golden + "/golden.json")));

        Assert.All(golden.RootElement.EnumerateArray().ToArray(), row =>
        {
            int[] ids = [.. row.GetProperty("ids").EnumerateArray().Select(id => id.GetInt32())];
            Assert.Equal(ids, tokenizer.Encode(row.GetProperty("text").GetString()!));
            Assert.Equal(row.GetProperty("decoded").GetString(), tokenizer.Decode(ids));
        });
        Assert.NotEqual(0, golden.RootElement.GetArrayLength());
    }

    [Fact]
    public void Encode_ControlTokensInAText_StayText()
    {
        var tokenizer = TokenizerSource.Load(SharedData.Require(Golden));

        Assert.DoesNotContain(1, tokenizer.Encode("<s> and </s>"));
        Assert.Equal("<s> and </s>", tokenizer.Decode(tokenizer.Encode("<s> and </s>")));
    }

    [Theory]
    [InlineData(null, true, false)]
    [InlineData("""{"add_bos_token": false}""", false, false)]
    [InlineData("""{"add_bos_token": true, "add_eos_token": true, "eos_token": "</s>"}""", true, true)]
    public void Encode_AddSpecial_AsTokenizerConfigSays(string? config, bool begins, bool ends)
    {
        using var folder = Folder();
        if (config is not null)
            folder.Write("tokenizer_config.json", config);
        var tokenizer = TokenizerSource.Load(folder.Path);
        var ids = tokenizer.Encode("Hello", addSpecial: true);

        Assert.Equal(begins, ids[0] == 1);
        Assert.Equal(ends, ids[^1] == 2);
        Assert.Equal([2], tokenizer.EndOfText);
    }

    [Fact]
    public void Encode_TokenBehindTheModelsOwn_IsFound()
    {
        using var folder = Folder();
        var count = TokenizerSource.Load(folder.Path).VocabularySize;
        folder.Write("added_tokens.json", $$"""{"<|im_end|>": {{count + 1}}}""");
        var tokenizer = TokenizerSource.Load(folder.Path);

        Assert.Contains(count + 1, tokenizer.Encode("Hello<|im_end|>"));
        Assert.False(((Sdk.Models.ITokenizer)tokenizer).Knows(count));
        Assert.Equal("Hello<|im_end|>", tokenizer.Decode(tokenizer.Encode("Hello<|im_end|>")));
    }

    [Theory]
    [InlineData("tekken.json", "{}", "Mistral's own form")]
    [InlineData("tokenizer.model", "aGVsbG8= 0\nIQ== 1\n", "a tiktoken vocabulary")]
    [InlineData("vocab.json", "{}", "the form of older versions")]
    public void Load_OtherForms_AreRefusedByName(string name, string content, string kind)
    {
        using var folder = new TemporaryFolder();
        folder.Write(name, content);

        var fault = Assert.Throws<LlmKickException>(() => TokenizerSource.Load(folder.Path));

        Assert.Contains(name, fault.Message, StringComparison.Ordinal);
        Assert.Contains(kind, fault.Message, StringComparison.Ordinal);
    }

    private static TemporaryFolder Folder()
    {
        var folder = new TemporaryFolder();
        File.Copy(SharedData.Require(Golden + "/tokenizer.model"), folder.File("tokenizer.model"));
        return folder;
    }
}
