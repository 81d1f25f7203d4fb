using System.Text.Json.Nodes;
using LlmKick.Sdk;
using LlmKick.Tests.Oracles;
using LlmKick.Transformers.Tokenization;
using LlmKick.Transformers.Tokenization.Facts;
using LlmKick.Transformers.Tokenization.Loading;
using LlmKick.Transformers.Tokenization.Sources;

namespace LlmKick.Tests.Transformers.Tokenization;

/// <summary>What lies beside a tokenizer, and what a user is told of it.</summary>
public sealed class TokenizerSettingsTests
{
    private const string MistralMistake =
        @"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+";

    [Theory]
    [InlineData("LlamaTokenizerFast")]
    [InlineData("TokenizersBackend")]
    public void AddBosToken_OverByteLevelProcessor_BeginsTexts(string tokenizerClass)
    {
        using var folder = new TemporaryFolder();
        var json = TokenizerShapes.Make("gpt2-style");
        json["post_processor"] =
            new JsonObject { ["type"] = "ByteLevel", ["add_prefix_space"] = true, ["trim_offsets"] = false, ["use_regex"] = true };
        folder.Write("tokenizer.json", json.ToJsonString());
        folder.Write("tokenizer_config.json", $$"""{"tokenizer_class": "{{tokenizerClass}}", "add_bos_token": true, "add_eos_token": false, "bos_token": {"content": "<s>"} }""");
        var tokenizer = TokenizerSource.Load(folder.Path);

        Assert.Equal(1, tokenizer.BeginOfText);
        Assert.Equal([1, .. tokenizer.Encode("Who?")], tokenizer.Encode("Who?", addSpecial: true));
        Assert.Equal($"'{folder.File("tokenizer_config.json")}' puts '<s>' before a text and nothing behind it, tokenizer.json beside it "
            + "nothing before and nothing behind; the former is followed, as the reference does.", Assert.Single(tokenizer.Remarks));
    }

    [Fact]
    public void AddBosToken_False_TakesTheTemplatesAway()
    {
        using var folder = new TemporaryFolder();
        TokenizerShapes.Write("llama3-style", folder);
        var begins = TokenizerSource.Load(folder.Path).BeginOfText;
        folder.Write("tokenizer_config.json", """{"add_bos_token": false, "bos_token": "<s>"}""");

        Assert.Equal([1, null], new[] { begins, TokenizerSource.Load(folder.Path).BeginOfText });
    }

    [Fact]
    public void EndOfText_OfAllFiles_IsTheirUnionAndSaid()
    {
        using var folder = new TemporaryFolder();
        TokenizerShapes.Write("gpt2-style", folder);
        folder.Write("generation_config.json", """{"eos_token_id": [5]}""");
        folder.Write("config.json", """{"text_config": {"eos_token_id": 6}}""");
        folder.Write("tokenizer_config.json", """{"eos_token": "</s>"}""");
        var tokenizer = TokenizerSource.Load(folder.Path);

        Assert.Equal([5, 6, 2], tokenizer.EndOfText);
        Assert.StartsWith($"What ends a text differs in '{folder.Path}': ", Assert.Single(tokenizer.Remarks), StringComparison.Ordinal);
        Assert.Contains("stops at 5 alone", Assert.Single(tokenizer.Remarks), StringComparison.Ordinal);
    }

    [Fact]
    public void Hash_OtherEndOfText_IsAnother()
    {
        using var folder = new TemporaryFolder();
        TokenizerShapes.Write("gpt2-style", folder);
        string Hash(string ends)
        {
            folder.Write("generation_config.json", $$"""{"eos_token_id": {{ends}}}""");
            return TokenizerSource.Load(folder.Path).Hash;
        }

        Assert.Equal(3, new[] { Hash("5"), Hash("[5, 6]"), Hash("null"), Hash("[5]") }.Distinct().Count());
    }

    [Theory]
    [InlineData("""{"extra_special_tokens": ["<tool>"]}""", true)]
    [InlineData("""{"extra_special_tokens": {"tool_token": "<tool>"}}""", true)]
    [InlineData("""{"additional_special_tokens": [{"content": "<tool>", "__type": "AddedToken"}]}""", true)]
    [InlineData("""{"added_tokens_decoder": {"900": {"content": "<tool>", "special": false}}}""", false)]
    public void Token_DeclaredBesideTheFileAlone_IsAddedBehindTheLastAndSaid(string config, bool isSpecial)
    {
        using var folder = new TemporaryFolder();
        TokenizerShapes.Write("gpt2-style", folder);
        var count = TokenizerSource.Load(folder.Path).VocabularySize;
        folder.Write("tokenizer_config.json", config);
        var tokenizer = TokenizerSource.Load(folder.Path);

        Assert.Equal(count + 1, tokenizer.VocabularySize);
        Assert.Contains(count, tokenizer.Encode("call <tool> now"));
        Assert.Equal(isSpecial, tokenizer.IsSpecial(count));
        Assert.StartsWith($"'{folder.Path}' declares the token '<tool>' beside tokenizer.json alone", Assert.Single(tokenizer.Remarks),
            StringComparison.Ordinal);
    }

    [Fact]
    public void SpecialTokens_AndTemplates_AsChatTemplatesKnowThem()
    {
        using var folder = new TemporaryFolder();
        TokenizerShapes.Write("gpt2-style", folder);
        folder.Write("special_tokens_map.json", """{"bos_token": "<old>", "pad_token": {"content": "<pad>"}}""");
        folder.Write("tokenizer_config.json", """
            {"bos_token": "<s>", "eos_token": null, "extra_special_tokens": {"image_token": "</s>"},
             "chat_template": [{"name": "default", "template": "d"}, {"name": "tool_use", "template": "t"}]}
            """);
        var tokenizer = TokenizerSource.Load(folder.Path);

        Assert.Equal(new Dictionary<string, string> { ["bos_token"] = "<s>", ["pad_token"] = "<pad>", ["image_token"] = "</s>" },
            tokenizer.SpecialTokens);
        Assert.Equal(("d", "t"), (tokenizer.ChatTemplate, tokenizer.ChatTemplates.Choose(null, hasTools: true)));
    }

    [Theory]
    [InlineData(MistralMistake, true)]
    [InlineData(@"\w+|[^\w\s]+|\s+", false)]
    public void Pattern_OfAnyKind_IsComputedAndAKnownMistakeIsSaid(string pattern, bool isMistake)
    {
        using var folder = new TemporaryFolder();
        folder.Write("tokenizer.json", WithPattern(pattern).ToJsonString());
        var tokenizer = TokenizerSource.Load(folder.Path);

        Assert.Equal("HelloWorld 12//\na", tokenizer.Decode(tokenizer.Encode("HelloWorld 12//\na")));
        Assert.Equal(isMistake ? 1 : 0, tokenizer.Remarks.Count);
    }

    [Theory]
    [InlineData(@"(\p{L}+", "regular expression")]
    [InlineData(@"(a)\1", @"\1")]
    [InlineData(@"\p{Klingon}", "Klingon")]
    public void Pattern_ThatCannotBeComputed_IsRefusedByName(string pattern, string named)
    {
        using var folder = new TemporaryFolder();
        folder.Write("tokenizer.json", WithPattern(pattern).ToJsonString());

        var fault = Assert.Throws<LlmKickException>(() => TokenizerSource.Load(folder.Path));

        Assert.Contains(named, fault.Message, StringComparison.Ordinal);
        Assert.Contains(pattern, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Gguf_WithoutPre_TakesTheDefaultAndSaysSo()
    {
        using var folder = new TemporaryFolder();
        var facts = FactsOfFolder.Of(TokenizerShapes.Write("gpt2-style", folder), 0) with { Begin = 1, End = 2 };
        Pipeline Load(string? pre)
        {
            File.WriteAllBytes(folder.File("a.gguf"), GgufVocabularyFile.Of(facts with { PreTokenizer = pre }));
            return GgufVocabularyFile.Load(folder.File("a.gguf"));
        }

        const string text = "The year 12345 wasn't easy: HELLO'S $99";
        Assert.Equal(Load("default").Encode(text), Load(null).Encode(text));
        Assert.Contains("tokenizer.ggml.pre", Assert.Single(Load(null).Remarks), StringComparison.Ordinal);
        Assert.Equal(Load("llama-bpe").Encode(text), Load("llama-v3").Encode(text));
        Assert.Contains("'warp-9'", Assert.Throws<LlmKickException>(() => Load("warp-9")).Message, StringComparison.Ordinal);
    }

    private static JsonObject WithPattern(string pattern)
    {
        var json = TokenizerShapes.Make("qwen2-style");
        json["pre_tokenizer"]!["pretokenizers"]![0]!["pattern"]!["Regex"] = pattern;
        return json;
    }
}
