using System.Text.Json;
using LlmKick.Kick.Retrieval;
using LlmKick.Kick.TriviaQa;
using LlmKick.Tests.Transformers;

namespace LlmKick.Tests.Tasks.Retrieval;

public sealed class Bm25Tests
{
    [Fact]
    public async Task Ranked_Xquad_AsRankBm25()
    {
        var golden = Golden.Json("golden/statistics/bm25.json");
        var set = await TriviaQaFile.ReadAsync(SharedData.Require("data/xquad/xquad.en.json"), null, withDocuments: true,
            TestContext.Current.CancellationToken);
        var index = new PassageIndex(set.Paragraphs!);
        var best = set.Questions.Select(question => index.Ranked(question.Text).Take(5).ToArray()).ToList();
        var own = set.Questions.Select(question =>
            int.Parse(question.Cluster!.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture)).ToList();
        foreach (var (example, ranked) in golden.GetProperty("examples").EnumerateArray().Zip(best))
            Assert.Equal(example.GetProperty("best5").Deserialize<int[]>()!, ranked);
        Assert.Equal(golden.GetProperty("hit1").GetDouble(), best.Zip(own).Average(pair => pair.First[0] == pair.Second ? 1.0 : 0), 6);
        Assert.Equal(golden.GetProperty("hit5").GetDouble(), best.Zip(own).Average(pair => pair.First.Contains(pair.Second) ? 1.0 : 0), 6);
    }

    [Fact]
    public void Scores_CommonWord_HasTheFlooredWeight()
    {
        // By hand: 3 documents of 2 words; "a" in all: log(0.5/3.5)
        // < 0, "b", "c", "d" in one: log(2.5/1.5). Every tf is 1 and every length the mean: factor 1.
        var index = new Bm25([["a", "b"], ["a", "c"], ["a", "d"]]);
        var (common, rare) = (Math.Log(0.5 / 3.5), Math.Log(2.5 / 1.5));
        var floor = 0.25 * (common + (3 * rare)) / 4;
        Assert.Equal([floor + rare, floor, floor], index.Scores(["a", "b", "x"]), (left, right) => Math.Abs(left - right) < 1e-12);
        Assert.Equal(2 * rare, index.Scores(["b", "b"])[0], 1e-12);
    }

    [Fact]
    public void Best_NothingToRank_IsEmpty() => Assert.Empty(new PassageIndex([]).Best("who", 3));
}
