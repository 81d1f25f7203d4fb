using System.Text.Json;
using LlmKick.Transformers.Tokenization.Loading;

namespace LlmKick.Tests.Transformers;

public sealed class TokenizerJsonTests
{
    public static TheoryData<string> Styles => ["gpt2-style", "llama3-style", "qwen2-style"];

    [Theory]
    [MemberData(nameof(Styles))]
    public void Encode_ReferenceTexts_EqualIds(string style)
    {
        var tokenizer = TokenizerJson.Load(SharedData.Require($"golden/tokenizers/{style}"));

        Assert.All(Rows(style), row =>
        {
            Assert.Equal(Ids(row, "ids"), tokenizer.Encode(row.GetProperty("text").GetString()!));
            Assert.Equal(Ids(row, "ids_with_special"), tokenizer.Encode(row.GetProperty("text").GetString()!, addSpecial: true));
        });
    }

    [Theory]
    [MemberData(nameof(Styles))]
    public void Decode_ReferenceIds_EqualsText(string style)
    {
        var tokenizer = TokenizerJson.Load(SharedData.Require($"golden/tokenizers/{style}"));

        Assert.All(Rows(style), row => Assert.Equal(row.GetProperty("decoded").GetString(), tokenizer.Decode(Ids(row, "ids"), skipSpecial: true)));
    }

    [Fact]
    public void Load_ByteFallback_IsRefusedByName()
    {
        var fault = Assert.Throws<LlmKick.Sdk.LlmKickException>(() => TokenizerJson.Load(SharedData.Require("golden/tokenizers/llama2-style")));

        Assert.Contains("'byte_fallback'", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_ModelFolder_KnowsItsEnds() =>
        Assert.Equal([2], TokenizerJson.Load(SharedData.Require("golden/architectures/llama")).EndOfText);

    [Fact]
    public void Load_ChatTemplate_OfItsOwnFileOrTheConfig()
    {
        using var folder = new TemporaryFolder();
        File.Copy(SharedData.Require("golden/tokenizers/gpt2-style/tokenizer.json"), folder.File("tokenizer.json"));
        var none = TokenizerJson.Load(folder.Path);
        folder.Write("tokenizer_config.json", """{"chat_template": [{"name": "tool_use", "template": "t"}, {"name": "default", "template": "d"}]}""");
        var named = TokenizerJson.Load(folder.Path);
        folder.Write("tokenizer_config.json", """{"chat_template": "c"}""");
        var plain = TokenizerJson.Load(folder.Path);
        folder.Write("chat_template.jinja", "j");
        var own = TokenizerJson.Load(folder.Path);
        Assert.Equal([null, "d", "c", "j"], new[] { none, named, plain, own }.Select(tokenizer => tokenizer.ChatTemplate));
        Assert.Equal(4, new[] { none, named, plain, own }.Select(tokenizer => tokenizer.Hash).Distinct().Count());
    }

    private static JsonElement[] Rows(string style)
    {
        using var golden = JsonDocument.Parse(File.ReadAllBytes(SharedData.Require($"golden/tokenizers/{style}/golden.json")));
        return [.. golden.RootElement.Clone().EnumerateArray()];
    }

    private static int[] Ids(JsonElement row, string key) => [.. row.GetProperty(key).EnumerateArray().Select(id => id.GetInt32())];
}
