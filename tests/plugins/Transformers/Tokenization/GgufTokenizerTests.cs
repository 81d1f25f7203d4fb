using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using LlmKick.Sdk.Models;
using LlmKick.Transformers.Formats.Gguf;
using LlmKick.Transformers.Tokenization.Gguf;

namespace LlmKick.Tests.Transformers.Tokenization;

public sealed class GgufTokenizerTests
{
    private static readonly Lazy<ITokenizer> SmolLm2 = new(() => Load("models/SmolLM2-135M-Instruct-Q4_1.gguf"));

    [Fact]
    public void Encode_ReferenceTexts_EqualIds()
    {
        using var golden = JsonDocument.Parse(File.ReadAllBytes(SharedData.Require("golden/smollm2/tokens.json")));

        Assert.All(golden.RootElement.EnumerateArray().ToArray(), row => Assert.Equal(Ids(row), SmolLm2.Value.Encode(Text(row))));
        Assert.NotEqual(0, golden.RootElement.GetArrayLength());
    }

    [Fact]
    public void Decode_ReferenceIds_GivesTheTextsBack()
    {
        using var golden = JsonDocument.Parse(File.ReadAllBytes(SharedData.Require("golden/smollm2/tokens.json")));

        Assert.All(golden.RootElement.EnumerateArray().ToArray(), row => Assert.Equal(Text(row), SmolLm2.Value.Decode(Ids(row))));
    }

    [Theory]
    [InlineData("test")]
    [InlineData("valid")]
    public void Encode_WholeWikiText_EqualsCountAndHash(string part)
    {
        using var golden = JsonDocument.Parse(File.ReadAllBytes(SharedData.Require("golden/smollm2/wikitext-tokens.json")));
        var expected = golden.RootElement.GetProperty(part);

        var ids = SmolLm2.Value.Encode(File.ReadAllText(SharedData.Require($"data/wikitext-2/{part}.txt")));

        Assert.Equal(expected.GetProperty("first").EnumerateArray().Select(id => id.GetInt32()), ids.Take(32));
        Assert.Equal(expected.GetProperty("count").GetInt32(), ids.Length);
        Assert.Equal(expected.GetProperty("sha256").GetString(),
            Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(ids.AsSpan()))));
    }

    [Fact]
    public void Encode_RenderedChats_EqualIds()
    {
        using var golden = JsonDocument.Parse(File.ReadAllBytes(SharedData.Require("golden/smollm2/chat.json")));

        Assert.All(golden.RootElement.EnumerateArray().ToArray(), row => Assert.Equal(Ids(row), SmolLm2.Value.Encode(Text(row))));
    }

    [Fact]
    public void Encode_SpecialsNotParsed_TreatsThemAsText()
    {
        var ids = SmolLm2.Value.Encode("<|im_start|>user", parseSpecial: false);

        Assert.DoesNotContain(1, ids);
        Assert.Equal("<|im_start|>user", SmolLm2.Value.Decode(ids, skipSpecial: true));
    }

    [Fact]
    public void Decode_SkipSpecial_LeavesControlTokensOut() =>
        Assert.Equal("Hi", SmolLm2.Value.Decode(SmolLm2.Value.Encode("<|im_start|>Hi<|im_end|>"), skipSpecial: true));

    [Fact]
    public void Encode_OneVeryLongWord_TakesLittleTimeAndComesBack()
    {
        var text = string.Concat(Enumerable.Range(0, 200_000).Select(i => (char)('a' + i * i % 7919 % 26)));
        var watch = System.Diagnostics.Stopwatch.StartNew();

        var ids = SmolLm2.Value.Encode(text);

        Assert.Equal(text, SmolLm2.Value.Decode(ids));
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10), $"It took {watch.Elapsed}.");
    }

    [Fact]
    public void Encode_UnpairedSurrogate_BecomesReplacementCharacter() =>
        Assert.Equal(SmolLm2.Value.Encode("a\uFFFDb"), SmolLm2.Value.Encode("a\uD800b"));

    [Fact]
    public void Bytes_IdOutsideVocabulary_IsRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => SmolLm2.Value.Bytes(49152));
        Assert.Throws<ArgumentOutOfRangeException>(() => SmolLm2.Value.Decode([-1]));
    }

    [Fact]
    public void Load_SmolLm2_KnowsItsEnds()
    {
        Assert.Null(SmolLm2.Value.BeginOfText);
        Assert.Equal([2], SmolLm2.Value.EndOfText);
        Assert.Equal(49152, SmolLm2.Value.VocabularySize);
        Assert.True(SmolLm2.Value.IsSpecial(2));
    }

    private static ITokenizer Load(string path)
    {
        using var file = GgufFile.Open(SharedData.Require(path));
        return GgufTokenizer.Load(file);
    }

    private static string Text(JsonElement row) => row.GetProperty("text").GetString()!;

    private static int[] Ids(JsonElement row) => [.. row.GetProperty("ids").EnumerateArray().Select(id => id.GetInt32())];
}
