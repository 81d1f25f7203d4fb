using System.Text.Json;
using LlmKick.Kick.Questions;
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
        var stories = await StoryFile.ReadAsync(SharedData.Require("data/summarization/new_question.jsonl"), new LeftOut(),
            TestContext.Current.CancellationToken);
        var summaries = File.ReadLines(SharedData.Require("data/summarization/vicuna7b-answers.jsonl"))
            .Select(line => JsonDocument.Parse(line).RootElement.GetProperty("text").GetString()!).ToList();
        Assert.Equal((90, 90, 90), (golden.Count, stories.Count, summaries.Count));
        for (var i = 0; i < golden.Count; i++)
        {
            var highlights = string.Join(' ', stories[i].Highlights);
            Require(golden[i].GetProperty("plain"), WordSplitter.Ascii(summaries[i]), WordSplitter.Ascii(highlights));
            Require(golden[i].GetProperty("stem"), WordSplitter.AsciiStems(summaries[i]), WordSplitter.AsciiStems(highlights));
        }
    }

    [Theory]
    [InlineData("caresses ponies flies dies caress cats", "caress poni fli die caress cat")]
    [InlineData("feed agreed plastered motoring sing spied died", "feed agre plaster motor sing spi die")]
    [InlineData("conflated troubled sized hopping falling hissing fizzed failing filing",
        "conflat troubl size hop fall hiss fizz fail file")]
    [InlineData("happy enjoy say", "happi enjoy say")]
    [InlineData("relational conditional digitizer radically hopefulness geology archaeology",
        "relat condit digit radic hope geolog archaeolog")]
    [InlineData("triplicate formative electrical goodness", "triplic form electr good")]
    [InlineData("allowance airliner adjustable replacement adoption activate probate rate cease controlling roll",
        "allow airlin adjust replac adopt activ probat rate ceas control roll")]
    [InlineData("skies dying news proceed howe", "sky die news proceed howe")]
    [InlineData("its the was 1990s are", "its the was 1990 are")]
    public void AsciiStems_Words_AsNltk(string words, string stems) =>
        Assert.Equal(stems, string.Join(' ', WordSplitter.AsciiStems(words)));

    [Fact]
    public void Scores_NothingInCommon_AreZero()
    {
        Assert.Equal(0, Rouge.OfNgrams([], ["a"], 1).F);
        Assert.Equal(0, Rouge.OfLongest(["b"], ["a"]).F);
        Assert.Equal(0, Rouge.OfNgrams(["a"], ["a"], 2).F);
    }

    private static void Require(JsonElement row, IReadOnlyList<string> prediction, IReadOnlyList<string> reference)
    {
        Require(row, "rouge1", Rouge.OfNgrams(prediction, reference, 1));
        Require(row, "rouge2", Rouge.OfNgrams(prediction, reference, 2));
        Require(row, "rougeL", Rouge.OfLongest(prediction, reference));
    }

    private static void Require(JsonElement row, string name, Rouge actual)
    {
        var expected = row.GetProperty(name).Deserialize<double[]>()!;
        Assert.Equal(expected[0], actual.Precision, HalfOfTheSixthDigit);
        Assert.Equal(expected[1], actual.Recall, HalfOfTheSixthDigit);
        Assert.Equal(expected[2], actual.F, HalfOfTheSixthDigit);
    }
}
