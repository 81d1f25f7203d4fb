using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using LlmKick.Kick.Mmlu;
using LlmKick.Sdk.Models;
using LlmKick.Sdk.Tasks;

namespace LlmKick.Tests.Tasks.Mmlu;

public sealed class MmluGoldenTests
{
    [Fact]
    public async Task Samples_SmolLm2_GoldenPromptsTokensAndShots()
    {
        using var golden = Golden();
        var expected = golden.RootElement.GetProperty("samples").EnumerateArray().Select(sample => (
            $"{sample.GetProperty("subject").GetString()!}/{sample.GetProperty("index").GetInt32()}",
            sample.GetProperty("shots").GetInt32(),
            sample.GetProperty("tokens").GetInt32(),
            sample.GetProperty("prompt_sha256").GetString()!,
            sample.GetProperty("gold").GetString()!)).ToList();
        var samples = await Samples();
        Assert.Equal(golden.RootElement.GetProperty("n").GetInt32(), samples.Count);
        Assert.Equal(expected,
            samples.Select(sample => (sample.Id, sample.Shots, sample.Prompt.Tokens.Count, Hash(sample.Prompt.Text), sample.Letter)));
    }

    [Fact]
    public async Task Aggregate_GoldenLogProbabilities_GoldenAccuracies()
    {
        using var golden = Golden();
        var task = Task();
        var answers = golden.RootElement.GetProperty("samples").EnumerateArray().Select(Answer).ToList();
        var scores = new List<Scores>();
        foreach (var (sample, answer) in (await Samples()).Zip(answers))
            scores.Add(await TaskRun.Score(task, sample, _ => answer));
        var metrics = task.Aggregate(scores).ToDictionary(metric => metric.Name, metric => metric.Value);
        Assert.Equal(golden.RootElement.GetProperty("accuracy_strict").GetDouble(), metrics["accuracy.strict"], 1e-12);
        Assert.Equal(golden.RootElement.GetProperty("accuracy_paper").GetDouble(), metrics["accuracy.paper"], 1e-12);
        Assert.Equal(golden.RootElement.GetProperty("format_failures").GetDouble(), metrics["format_failure"]);
    }

    [Fact]
    public void Encode_Letters_OneTokenEach() =>
        Assert.All(new MmluPrompt(SmolLm2.Tokenizer, 2048).Letters, letter => Assert.Single(letter.Tokens));

    private static MmluTask Task() => new(new MmluOptions { Path = SharedData.Require("data/mmlu"), Limit = 2 });

    private static Task<List<MmluSample>> Samples() => TaskRun.Samples<MmluSample>(Task(), TaskRun.Context(SmolLm2.Tokenizer));

    private static JsonDocument Golden() => JsonDocument.Parse(File.ReadAllText(SharedData.Require("golden/smollm2/mmlu-dense.json")));

    private static ChooseResponse Answer(JsonElement sample)
    {
        var best = sample.GetProperty("argmax_token").GetInt32();
        return new ChooseResponse(0, [.. sample.GetProperty("logprobs").EnumerateArray().Select(value => value.GetDouble())], best,
            SmolLm2.Tokenizer.Decode([best]));
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
