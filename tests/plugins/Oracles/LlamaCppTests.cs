using System.Text.Json;
using LlmKick.Sdk.Models;
using LlmKick.Tests.Transformers;
using LlmKick.Tests.Transformers.Export;
using LlmKick.Transformers.Formats.Gguf;
using LlmKick.Transformers.Tokenization.Gguf;

namespace LlmKick.Tests.Oracles;

/// <summary>GGUF files against llama.cpp.</summary>
public sealed class LlamaCppTests
{
    /// <summary>llama.cpp rounds what goes into a product with quantized weights to 8 bits, we do not: log-probabilities differ by some
    /// hundredths.</summary>
    private const double Noise = 0.1;

    [Fact]
    public async Task Encode_RandomTexts_EqualIdsAndTextBack()
    {
        var tokenizer = Tokenizer();
        var texts = RandomTexts.Make(count: 2000, seed: 2);

        var answer = await Oracle.AskAsync("llama.mjs",
            new { file = SharedData.Require(ModelUnderTest.SmolLm2), texts, prompt = Array.Empty<int>(), count = 0 });

        Assert.Equal(texts.Length, answer.GetProperty("tokens").GetArrayLength());
        Assert.All(texts.Zip(answer.GetProperty("tokens").EnumerateArray(), answer.GetProperty("texts").EnumerateArray()), row =>
        {
            var ids = tokenizer.Encode(row.First);
            Assert.Equal(row.Second.Ints(), ids);
            Assert.Equal(row.Third.GetString(), tokenizer.Decode(ids));
        });
    }

    [Theory]
    [InlineData("The capital of France is")]
    [InlineData("<|im_start|>user\nWhy is the sky blue?<|im_end|>\n<|im_start|>assistant\n")]
    public async Task Greedy_Prompt_EqualTextAndCloseScores(string text)
    {
        var prompt = Tokenizer().Encode(text);
        var answer = await Oracle.AskAsync("llama.mjs",
            new { file = SharedData.Require(ModelUnderTest.SmolLm2), texts = Array.Empty<string>(), prompt, count = 24 });
        var steps = answer.GetProperty("steps").Deserialize<Step[]>(JsonSerializerOptions.Web)!;
        using var model = ModelUnderTest.Load(ModelUnderTest.SmolLm2);

        var scores = model.LogProbabilities([.. prompt, .. steps.Select(step => step.Token)])[(prompt.Length - 1)..];
        Assert.InRange(steps.Zip(scores, (step, score) => Math.Abs(step.LogProb - score)).Average(), 0, Noise);
        var clear = steps.TakeWhile(step => step.Gap > 3 * Noise).Select(step => step.Token).ToArray();
        Assert.True(clear.Length >= 4, $"Only {clear.Length} steps are clear.");
        Assert.Equal(clear, model.Greedy(prompt, clear.Length).Select(step => step.Id));
    }

    /// <summary>llama.cpp reads what we write, and computes with it what we compute.</summary>
    [Theory]
    [InlineData("F16")]
    [InlineData("Q8_0")]
    [InlineData("Q4_K_M")]
    public async Task Greedy_ExportedFile_EqualTextAndCloseScores(string type)
    {
        using var desk = new ExportDesk(SharedData.Require(ModelUnderTest.SmolLm2));
        await AssertAgreesAsync(desk.Write(ExportDesk.Settings("gguf", type), "model.gguf"), "The capital of France is",
            ["Hello, World! 123", "<|im_start|>user\nnaïve<|im_end|>"]);
    }

    /// <summary>A tokenizer and a configuration that come from a folder.</summary>
    [Theory]
    [InlineData("F16")]
    [InlineData("Q4_K_M")]
    public async Task Greedy_ExportedFolder_EqualTextAndCloseScores(string type)
    {
        var folder = Path.Combine(SharedData.RepositoryRoot, "recipes", "quickstart", "model");
        var prompt =
            (await File.ReadAllTextAsync(Path.Combine(folder, "..", "calibration.txt"), TestContext.Current.CancellationToken))[..300];
        using var desk = new ExportDesk(folder);
        await AssertAgreesAsync(desk.Write(ExportDesk.Settings("gguf", type), "model.gguf"), prompt, [prompt, "What 12 things?"]);
    }

    private static async Task AssertAgreesAsync(string file, string text, string[] texts)
    {
        using var desk = new ExportDesk(file);
        var tokenizer = desk.Model.Tokenizer!;
        var prompt = tokenizer.Encode(text, addSpecial: true);
        var answer = await Oracle.AskAsync("llama.mjs", new { file, texts, prompt, count = 24 });
        Assert.All(texts.Zip(answer.GetProperty("tokens").EnumerateArray()),
            row => Assert.Equal(row.Second.Ints(), tokenizer.Encode(row.First)));
        var steps = answer.GetProperty("steps").Deserialize<Step[]>(JsonSerializerOptions.Web)!;
        var scores = ((RollingResponse)desk.Model.Answer(new RollingRequest([.. prompt, .. steps.Select(step => step.Token)]))[0])
            .LogProbabilities.Skip(prompt.Length - 1);
        var difference = steps.Zip(scores, (step, score) => Math.Abs(step.LogProb - score)).Average();
        TestContext.Current.SendDiagnosticMessage(
            $"llama.cpp wrote '{tokenizer.Decode([.. steps.Select(step => step.Token)])}', {difference:0.0000} nats a token from ours");
        Assert.InRange(difference, 0, Noise);
        var clear = steps.TakeWhile(step => step.Gap > 3 * Noise).Select(step => step.Token).ToArray();
        Assert.True(clear.Length >= 2, $"Only {clear.Length} steps are clear.");
        var written = (GenerateResponse)desk.Model.Answer(new GenerateRequest(new Prompt("", prompt), clear.Length, []))[0];
        Assert.Equal(clear, written.Tokens.Take(clear.Length));
    }

    private static ITokenizer Tokenizer()
    {
        using var file = GgufFile.Open(SharedData.Require(ModelUnderTest.SmolLm2));
        return GgufTokenizer.Load(file);
    }

    private sealed record Step(int Token, double LogProb, double Gap);
}
