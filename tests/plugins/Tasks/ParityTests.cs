using System.Text.Json;
using LlmKick.Kick.FreebaseQa;
using LlmKick.Kick.Mmlu;
using LlmKick.Perplexity;
using LlmKick.Sdk.Models;
using LlmKick.Sdk.Tasks;
using LlmKick.Tests.Transformers;

namespace LlmKick.Tests.Tasks;

/// <summary>The tasks on the real model, from data files to metrics, against the reference implementation.</summary>
public sealed class ParityTests(SmolLm2Model model) : IClassFixture<SmolLm2Model>
{
    [Fact]
    public Task Perplexity_FirstWindows_AsReference() => ComparePerplexity(2);

    [Fact]
    [Trait("Category", "Full")]
    public Task Perplexity_AllWindows_AsReference() => ComparePerplexity(32);

    [Fact]
    public Task Mmlu_SomeSubjects_AsReference() => CompareMmlu("abstract_algebra", "astronomy", "high_school_us_history");

    [Fact]
    [Trait("Category", "Full")]
    public Task Mmlu_AllSubjects_AsReference() => CompareMmlu([.. MmluSubjects.All.Keys]);

    [Fact]
    public Task FreebaseQa_FirstQuestions_AsReference() => CompareFreebaseQa(8);

    [Fact]
    [Trait("Category", "Full")]
    public Task FreebaseQa_AllQuestions_AsReference() => CompareFreebaseQa(40);

    private async Task ComparePerplexity(int windows)
    {
        var golden = Golden.Json("golden/smollm2/dense.json");
        var expected = golden.GetProperty("window_nll").Deserialize<double[]>()!.Take(windows).ToList();
        var task = new PerplexityTask(
            new PerplexityOptions { Text = SharedData.Require("data/wikitext-2/test.txt"), Window = 1024, Limit = windows });
        var run = await model.RunAsync(task);
        Assert.Equal(windows, expected.Count);
        Assert.Equal(windows, run.Count);
        foreach (var (nll, answered) in expected.Zip(run))
            Assert.Equal(1, Math.Exp(answered.Scores.Values["nll"] - nll), 5e-4);
        Assert.Equal(1, Metric(task, run, "perplexity") / Math.Exp(expected.Average()), 5e-4);
    }

    private async Task CompareMmlu(params string[] subjects)
    {
        var expected = Golden.Json("golden/smollm2/mmlu-dense.json").GetProperty("samples").EnumerateArray()
            .Where(sample => subjects.Contains(sample.GetProperty("subject").GetString())).ToList();
        var task = new MmluTask(new MmluOptions { Path = SharedData.Require("data/mmlu"), Subjects = subjects, Limit = 2 });
        var run = await model.RunAsync(task);
        Assert.Equal(2 * subjects.Length, expected.Count);
        Assert.Equal(expected.Count, run.Count);
        foreach (var (sample, answered) in expected.Zip(run))
        {
            var answer = (ChooseResponse)answered.Response;
            Golden.AssertClose(sample.GetProperty("logprobs").Floats(), [.. answer.LogProbabilities.Select(value => (float)value)], 2e-3);
            Assert.Equal(sample.GetProperty("argmax_token").GetInt32(), answer.BestToken);
        }
        Assert.Equal(expected.Average(Strict), Metric(task, run, "accuracy.strict"), 1e-12);
        Assert.Equal(expected.Average(Paper), Metric(task, run, "accuracy.paper"), 1e-12);
    }

    private async Task CompareFreebaseQa(int questions)
    {
        var expected = Golden.Json("golden/smollm2/freebaseqa-dense.json").GetProperty("samples").EnumerateArray().Take(questions).ToList();
        var task = new FreebaseQaTask(new FreebaseQaOptions { Path = SharedData.Require("data/freebaseqa/eval.txt"), Limit = questions });
        var run = await model.RunAsync(task);
        Assert.Equal(questions, run.Count);
        var whole = 0;
        foreach (var (sample, answered) in expected.Zip(run))
        {
            var (answer, ids) = ((GenerateResponse)answered.Response, sample.GetProperty("output_ids").Ints());
            var certain = answer.Gaps.TakeWhile(gap => gap >= 0.01f).Count();
            Assert.Equal(ids.Take(certain), answer.Tokens.Take(certain));
            if (certain < answer.Tokens.Count && !ids.SequenceEqual(answer.Tokens))
                continue;
            whole++;
            Assert.Equal(ids, answer.Tokens);
            Assert.Equal(sample.GetProperty("output").GetString(), answer.Text);
            Assert.Equal(sample.GetProperty("paper_match").GetBoolean(), answered.Scores.Values["accuracy.paper"] == 1);
        }
        TestContext.Current.SendDiagnosticMessage($"{whole} of {questions} answers compared to their end");
        Assert.True(whole > questions / 2, $"Only {whole} of {questions} answers could be compared to their end.");
    }

    private static double Metric(ITask task, List<(Sample Sample, Response Response, Scores Scores)> run, string name) =>
        task.Aggregate([.. run.Select(answered => answered.Scores)]).Single(metric => metric.Name == name).Value;

    private static double Strict(JsonElement sample)
    {
        var logProbabilities = sample.GetProperty("logprobs").Floats();
        return "ABCD"[Array.IndexOf(logProbabilities, logProbabilities.Max())] == sample.GetProperty("gold").GetString()![0] ? 1 : 0;
    }

    private static double Paper(JsonElement sample) =>
        SmolLm2.Tokenizer.Decode([sample.GetProperty("argmax_token").GetInt32()])
            .EndsWith(sample.GetProperty("gold").GetString()!, StringComparison.Ordinal) ? 1 : 0;
}
