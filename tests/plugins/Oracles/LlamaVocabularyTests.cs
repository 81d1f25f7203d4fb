using System.Text;
using LLama;
using LLama.Common;
using LlmKick.Transformers.Tokenization.Facts;
using LlmKick.Transformers.Tokenization.Gguf;
using LlmKick.Transformers.Tokenization.SentencePiece;

namespace LlmKick.Tests.Oracles;

/// <summary>Every kind of vocabulary of GGUF files, and every way to cut texts, against llama.cpp in this process.</summary>
public sealed class LlamaVocabularyTests
{
    /// <summary>All but one: where tiny_aya's numbers end depends on the C++ library that llama.cpp was built with.</summary>
    public static TheoryData<string> Pres => [.. GgufPres.KnownNames.Split(", ").Where(name => name != "tiny_aya")];

    public static TheoryData<string> Kinds => ["llama", "llama without a space", "t5", "t5 with single spaces", "gemma4"];

    [Theory]
    [MemberData(nameof(Pres))]
    public void Encode_EveryPre_EqualIds(string pre)
    {
        using var folder = new TemporaryFolder();
        var facts = FactsOfFolder.Of(TokenizerShapes.Write("gpt2-style", folder), 0) with { PreTokenizer = pre, Begin = 1, End = 2 };

        AssertEqual(folder, facts, Pres.Count + Kinds.Count);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Encode_EveryKind_EqualIds(string kind)
    {
        using var folder = new TemporaryFolder();

        AssertEqual(folder, Facts(kind, folder), Pres.Count + Kinds.Count);
    }

    /// <summary>What is written of a SentencePiece model gives its own ids again.</summary>
    [Fact]
    public void Encode_SentencePieceAsGguf_EqualsTheModel()
    {
        using var folder = new TemporaryFolder();
        var path = SharedData.Require("golden/tokenizers/sentencepiece-bpe");
        File.WriteAllBytes(folder.File("a.gguf"), GgufVocabularyFile.Of(FactsOfFolder.Of(path, 0)));
        var (model, gguf) =
            (LlmKick.Transformers.Tokenization.Sources.TokenizerSource.Load(path), GgufVocabularyFile.Load(folder.File("a.gguf")));

        Assert.All(RandomTexts.Make(500, seed: 9),
            text => Assert.Equal(model.Encode(text, addSpecial: true), gguf.Encode(text, addSpecial: true, parseSpecial: false)));
    }

    private static TokenizerFacts Facts(string kind, TemporaryFolder folder)
    {
        if (kind == "gemma4")
            return FactsOfFolder.Of(TokenizerShapes.Write("gemma", folder), 0);
        if (kind.StartsWith("llama", StringComparison.Ordinal))
            return FactsOfFolder.Of(SharedData.Require("golden/tokenizers/sentencepiece-bpe"), 0)
                with { Spaces = new SpaceRules(kind == "llama", RemovesExtra: false) };
        folder.Write("tokenizer.json", TokenizerShapes.Make("t5").ToJsonString());
        return FactsOfFolder.Of(folder.Path, 0) with { AddsEnd = true, End = 2, Spaces = new SpaceRules(kind == "t5", kind != "t5") };
    }

    private static void AssertEqual(TemporaryFolder folder, TokenizerFacts facts, int kinds)
    {
        var path = folder.File("vocabulary.gguf");
        File.WriteAllBytes(path, GgufVocabularyFile.Of(facts));
        var ours = GgufVocabularyFile.Load(path);
        using var theirs = LLamaWeights.LoadFromFile(new ModelParams(path) { VocabOnly = true });
        // It takes texts that end at the first NUL.
        foreach (var text in RandomTexts.Make(OracleTexts.Share(kinds), seed: 6, IsInItsTables)
            .Where(text => !text.Contains('\0', StringComparison.Ordinal)))
            foreach (var parseSpecial in new[] { true, false })
            {
                int[] expected = [.. theirs.Tokenize(text, add_bos: true, parseSpecial, Encoding.UTF8).Select(token => (int)token)];
                var ids = ours.Encode(text, addSpecial: true, parseSpecial);
                Assert.True(expected.SequenceEqual(ids), $"'{text}': {string.Join(' ', expected)} there, {string.Join(' ', ids)} here.");
            }
    }

    /// <summary>llama.cpp has tables of Unicode 15, which lack letters of later versions.</summary>
    private static bool IsInItsTables(Rune rune) =>
        rune.Value is not (0x1C89 or 0x1C8A or (>= 0xA7CB and <= 0xA7DC) or (>= 0x105C0 and <= 0x105FF) or (>= 0x10940 and <= 0x1095F)
        or (>= 0x10D40 and <= 0x10D8F) or (>= 0x11380 and <= 0x113FF) or (>= 0x11BC0 and <= 0x11BFF) or (>= 0x11DB0 and <= 0x11DEF)
            or (>= 0x13460 and <= 0x143FF)
        or (>= 0x16100 and <= 0x1613F) or (>= 0x16D40 and <= 0x16D7F) or (>= 0x16EA0 and <= 0x16EDF) or (>= 0x1E5D0 and <= 0x1E5FF)
            or (>= 0x1E6C0 and <= 0x1E6FF)
        or (>= 0x2EBF0 and <= 0x2EE5F) or (>= 0x323B0 and <= 0x3347F));
}
