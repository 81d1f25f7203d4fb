using System.Runtime.InteropServices;
using System.Text;
using LlmKick.Transformers.Tokenization.Sources;
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
        var texts = RandomTexts.Make(OracleTexts.Share(Shapes.Count), seed: 5, TokenizerShapes.Made.Contains(shape) ? IsInItsTables : null);

        foreach (var text in texts)
        {
            int[] expected = [.. theirs.Encode(text).Select(id => (int)id)];
            var ids = ours.Encode(text, addSpecial: true);
            Assert.True(expected.SequenceEqual(ids),
                $"{shape}, '{text}': {string.Join(' ', expected)} there, {string.Join(' ', ids)} here.");
            Assert.Equal(theirs.Decode([.. ids.Select(id => (uint)id)]), ours.Decode(ids, skipSpecial: true));
        }
        output.WriteLine($"{shape}: {texts.Length} texts");
    }

    /// <summary>Where texts are normalized: the reference has tables of Unicode 8, which lack marks, punctuation and compositions of later
    /// versions.</summary>
    private static bool IsInItsTables(Rune rune) => !CharacterClass.IsMark(rune) && !CharacterClass.IsPunctuation(rune)
        && rune.Value is not (0x32FF or (>= 0xA7F1 and <= 0xA7F4) or 0xAB69 or (>= 0x105C9 and <= 0x105E4)
        or (>= 0x10780 and <= 0x107BA) or (>= 0x11380 and <= 0x113FF) or 0x11938 or (>= 0x16120 and <= 0x16128)
            or (>= 0x1CCD6 and <= 0x1CCF9)
        or (>= 0x1E030 and <= 0x1E06D) or 0x1F16C or (>= 0x1FBF0 and <= 0x1FBF9));

    /// <summary>From 0.23 on the reference writes added tokens as they are; 0.22 still took them for the byte alphabet.</summary>
    [Fact]
    public void Decode_AddedTokenOfByteLevel_IsWrittenAsItIs()
    {
        using var folder = new TemporaryFolder();
        var json = TokenizerShapes.Make("gpt2-style");
        var id = json["model"]!["vocab"]!.AsObject().Count;
        json["added_tokens"]!.AsArray().Add(new System.Text.Json.Nodes.JsonObject { ["id"] = id, ["content"] = "<caf\u00e9>",
            ["special"] = false, ["normalized"] = false });
        folder.Write("tokenizer.json", json.ToJsonString());
        var tokenizer = TokenizerSource.Load(folder.Path);

        Assert.Contains(id, tokenizer.Encode("a <caf\u00e9> b"));
        Assert.Equal("a <caf\u00e9> b", tokenizer.Decode(tokenizer.Encode("a <caf\u00e9> b")));
        Assert.Equal("<caf\u00e9>", Encoding.UTF8.GetString(tokenizer.Bytes(id).Span));
    }
}
