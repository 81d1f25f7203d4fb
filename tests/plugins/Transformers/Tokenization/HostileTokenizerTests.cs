using LlmKick.Tests.Oracles;
using LlmKick.Tests.Transformers.Fuzzing;
using LlmKick.Transformers.Tokenization.Sources;

namespace LlmKick.Tests.Transformers.Tokenization;

/// <summary>What mutants of tokenizers brought to light.</summary>
public sealed class HostileTokenizerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("unigram", "pre_tokenizer", "")]
    [InlineData("unigram", "pre_tokenizer", "ab")]
    [InlineData("unigram", "decoder", "")]
    public void Load_MarkOfNotOneCharacter_IsRefused(string kind, string part, string mark)
    {
        var json = JsonSamples.Of(kind);
        var metaspace = part == "decoder" ? json[part]!["decoders"]![1]! : json[part]!;
        metaspace["replacement"] = mark;
        _folder.Write("tokenizer.json", json.ToJsonString());
        var refusal = Hostile.Read(() => TokenizerSource.Load(_folder.Path).Encode("a b"), mark);
        Assert.Contains("replacement' is not one character", refusal, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("llama-gguf", float.NaN)]
    [InlineData("t5-gguf", float.NegativeInfinity)]
    public void Load_GgufScoreThatIsNotFinite_IsRefused(string name, float score)
    {
        var (file, bytes) = TokenizerSamples.Create(name).Files.Single();
        var at = bytes.AsSpan().IndexOf([.. BitConverter.GetBytes(-1f), .. BitConverter.GetBytes(-2f)]);
        BitConverter.GetBytes(score).CopyTo(bytes, at);
        File.WriteAllBytes(_folder.File(file), bytes);
        var refusal = Hostile.Read(() => GgufVocabularyFile.Load(_folder.File(file)), name);
        Assert.Contains("'tokenizer.ggml.scores' has an entry that is not finite", refusal, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();
}
