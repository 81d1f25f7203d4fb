using System.Text;
using System.Text.Json;
using LlmKick.Transformers.Tokenization.Loading;

namespace LlmKick.Tests.Transformers.Tokenization;

public sealed class TokenizerJsonTests
{
    public static TheoryData<string> Styles => ["gpt2-style", "llama2-style", "llama3-style", "qwen2-style"];

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

        Assert.All(Rows(style), row =>
            Assert.Equal(row.GetProperty("decoded").GetString(), tokenizer.Decode(Ids(row, "ids"), skipSpecial: true)));
    }

    /// <summary>What a stream decodes bytes to, token by token, is the text, but for a space that a normalizer put in front of
    /// it.</summary>
    [Theory]
    [MemberData(nameof(Styles))]
    public void Bytes_OfAllTokens_AreTheText(string style)
    {
        var tokenizer = TokenizerJson.Load(SharedData.Require($"golden/tokenizers/{style}"));

        Assert.All(Rows(style), row =>
        {
            var (text, decoder) = (row.GetProperty("decoded").GetString()!, Encoding.UTF8.GetDecoder());
            var streamed = string.Concat(Ids(row, "ids").Where(id => !tokenizer.IsSpecial(id))
                .Select(id => Next(decoder, tokenizer.Bytes(id).Span)));
            Assert.Equal(text, style == "llama2-style" && streamed.StartsWith(' ') ? streamed[1..] : streamed);
        });
    }

    [Theory]
    [MemberData(nameof(Styles))]
    public void EncodeWithSpans_ReferenceTexts_PartsOfTheTextInOrder(string style)
    {
        var tokenizer = TokenizerJson.Load(SharedData.Require($"golden/tokenizers/{style}"));

        Assert.All(Rows(style), row =>
        {
            var text = row.GetProperty("text").GetString()!;
            var spans = tokenizer.EncodeWithSpans(text, addSpecial: true);
            Assert.Equal(Ids(row, "ids_with_special"), spans.Select(span => span.Id));
            var covered = 0;
            foreach (var span in spans)
            {
                Assert.InRange(span.Start, 0, covered);
                Assert.InRange(span.End, covered, text.Length);
                covered = span.End;
            }
            Assert.Equal(text.Length, covered);
        });
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
        folder.Write("tokenizer_config.json",
            """{"chat_template": [{"name": "tool_use", "template": "t"}, {"name": "default", "template": "d"}]}""");
        var named = TokenizerJson.Load(folder.Path);
        folder.Write("tokenizer_config.json", """{"chat_template": "c"}""");
        var plain = TokenizerJson.Load(folder.Path);
        folder.Write("chat_template.jinja", "j");
        var own = TokenizerJson.Load(folder.Path);
        Assert.Equal([null, "d", "c", "j"], new[] { none, named, plain, own }.Select(tokenizer => tokenizer.ChatTemplate));
        Assert.Equal(4, new[] { none, named, plain, own }.Select(tokenizer => tokenizer.Hash).Distinct().Count());
    }

    private static string Next(Decoder decoder, ReadOnlySpan<byte> bytes)
    {
        var text = new char[bytes.Length + 4];
        return new string(text, 0, decoder.GetChars(bytes, text, flush: false));
    }

    private static JsonElement[] Rows(string style)
    {
        using var golden = JsonDocument.Parse(File.ReadAllBytes(SharedData.Require($"golden/tokenizers/{style}/golden.json")));
        return [.. golden.RootElement.Clone().EnumerateArray()];
    }

    private static int[] Ids(JsonElement row, string key) => [.. row.GetProperty(key).EnumerateArray().Select(id => id.GetInt32())];
}
