using System.Runtime.InteropServices;
using System.Text;
using LlmKick.Transformers.Tokenization.Loading;
using LlmKick.Transformers.Tokenization.Splitting;
using Tokenizers.DotNet;

namespace LlmKick.Tests.Oracles;

/// <summary>
/// Every kind of tokenizer.json against Hugging Face's own library (0.22.2, in Rust, in this process). LLMKICK_TEXTS=100000 compares that
/// many texts over all kinds.
/// </summary>
public sealed class RustTokenizersTests(ITestOutputHelper output)
{
    public static TheoryData<string> Shapes => [.. TokenizerShapes.Trained, .. TokenizerShapes.Made];

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Encode_RandomTexts_EqualIdsAndText(string shape)
    {
        Assert.SkipUnless(RuntimeInformation.RuntimeIdentifier == "linux-x64", "The reference library is here for linux-x64 alone.");
        using var folder = new TemporaryFolder();
        var ours = TokenizerSource.Load(TokenizerShapes.Write(shape, folder));
        var theirs = new Tokenizer(folder.File("tokenizer.json"));
        // Its tables of marks are those of Unicode 8.
        var texts = RandomTexts.Make(OracleTexts.Share(Shapes.Count), seed: 5, shape == "wordpiece" ? rune => !CharacterClass.IsMark(rune) : null);

        foreach (var text in texts)
        {
            int[] expected = [.. theirs.Encode(text).Select(id => (int)id)];
            var ids = ours.Encode(text, addSpecial: true);
            Assert.True(expected.SequenceEqual(ids), $"{shape}, '{text}': {string.Join(' ', expected)} there, {string.Join(' ', ids)} here.");
            Assert.Equal(theirs.Decode([.. ids.Select(id => (uint)id)]), ours.Decode(ids, skipSpecial: true));
        }
        output.WriteLine($"{shape}: {texts.Length} texts");
    }

    /// <summary>From 0.23 on the reference writes added tokens as they are; 0.22 still took them for the byte alphabet.</summary>
    [Fact]
    public void Decode_AddedTokenOfByteLevel_IsWrittenAsItIs()
    {
        using var folder = new TemporaryFolder();
        var json = TokenizerShapes.Make("gpt2-style");
        var id = json["model"]!["vocab"]!.AsObject().Count;
        json["added_tokens"]!.AsArray().Add(new System.Text.Json.Nodes.JsonObject { ["id"] = id, ["content"] = "<caf\u00e9>", ["special"] = false, ["normalized"] = false });
        folder.Write("tokenizer.json", json.ToJsonString());
        var tokenizer = TokenizerSource.Load(folder.Path);

        Assert.Contains(id, tokenizer.Encode("a <caf\u00e9> b"));
        Assert.Equal("a <caf\u00e9> b", tokenizer.Decode(tokenizer.Encode("a <caf\u00e9> b")));
        Assert.Equal("<caf\u00e9>", Encoding.UTF8.GetString(tokenizer.Bytes(id).Span));
    }
}
