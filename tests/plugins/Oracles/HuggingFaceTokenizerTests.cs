using System.Text.Json;
using LlmKick.Transformers.Tokenization.Loading;

namespace LlmKick.Tests.Oracles;

/// <summary>Byte-level BPE against Hugging Face's own tokenizers.</summary>
public sealed class HuggingFaceTokenizerTests
{
    /// <summary>What JavaScript's own \s, which the oracle's byte-level rule uses, takes for a space and Unicode does not, and the other
    /// way round.</summary>
    private const string OtherSpaces = "\ufeff\u0085";

    [Theory]
    [InlineData("gpt2-style")]
    [InlineData("llama3-style")]
    [InlineData("qwen2-style")]
    public async Task Encode_RandomTexts_EqualIdsAndTextBack(string style)
    {
        var folder = SharedData.Require($"golden/tokenizers/{style}");
        var tokenizer = TokenizerJson.Load(folder);
        var texts = RandomTexts.Make(count: 2000, seed: 1)
            .Where(text => style != "gpt2-style" || !text.AsSpan().ContainsAny(OtherSpaces)).ToArray();

        var answers = await Oracle.AskAsync("tokenizers.mjs", new { file = Path.Combine(folder, "tokenizer.json"), texts });

        Assert.Equal(texts.Length, answers.GetArrayLength());
        Assert.All(texts.Zip(answers.EnumerateArray()), pair =>
        {
            var ids = tokenizer.Encode(pair.First);
            Assert.Equal(pair.Second.GetProperty("ids").Deserialize<int[]>(), ids);
            Assert.Equal(pair.Second.GetProperty("text").GetString(), tokenizer.Decode(ids));
        });
    }
}
