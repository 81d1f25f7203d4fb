using System.Text.Json;
using LlmKick.Kick.Summarization;
using LlmKick.Sdk.Tasks.Texts;
using LlmKick.Tests.Transformers;

namespace LlmKick.Tests.Tasks.Texts;

public sealed class RougeTests
{
    private const double HalfOfTheSixthDigit = 5.1e-7;

    [Fact]
    public async Task Scores_RealSummaries_AsRougeScore()
    {
        var golden = Golden.Json("golden/statistics/rouge.json").GetProperty("rows").EnumerateArray().ToList();
        var stories = await StoryFile.ReadAsync(SharedData.Require("data/summarization/new_question.jsonl"), TestContext.Current.CancellationToken);
        var summaries = File.ReadLines(SharedData.Require("data/summarization/vicuna7b-answers.jsonl")).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("text").GetString()!).ToList();
        Assert.Equal((90, 90, 90), (golden.Count, stories.Count, summaries.Count));
        for (var i = 0; i < golden.Count; i++)
        {
            var (prediction, reference) = (Words.Ascii(summaries[i]), Words.Ascii(string.Join(' ', stories[i].Highlights)));
            Require(golden[i], "rouge1", Rouge.OfNgrams(prediction, reference, 1));
            Require(golden[i], "rouge2", Rouge.OfNgrams(prediction, reference, 2));
            Require(golden[i], "rougeL", Rouge.OfLongest(prediction, reference));
        }
    }

    [Fact]
    public void Scores_NothingInCommon_AreZero()
    {
        Assert.Equal(0, Rouge.OfNgrams([], ["a"], 1).F);
        Assert.Equal(0, Rouge.OfLongest(["b"], ["a"]).F);
        Assert.Equal(0, Rouge.OfNgrams(["a"], ["a"], 2).F);
    }

    private static void Require(JsonElement row, string name, Rouge actual)
    {
        var expected = row.GetProperty("plain").GetProperty(name).Deserialize<double[]>()!;
        Assert.Equal(expected[0], actual.Precision, HalfOfTheSixthDigit);
        Assert.Equal(expected[1], actual.Recall, HalfOfTheSixthDigit);
        Assert.Equal(expected[2], actual.F, HalfOfTheSixthDigit);
    }
}
