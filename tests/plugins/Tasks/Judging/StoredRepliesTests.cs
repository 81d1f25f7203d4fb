using System.Text.Json;
using LlmKick.Kick.Judging;
using LlmKick.Tests.Transformers;

namespace LlmKick.Tests.Tasks.Judging;

/// <summary>The six sets of GPT-4's replies that the paper's repository holds.</summary>
public sealed class StoredRepliesTests
{
    [Theory]
    [InlineData("magnitude")]
    [InlineData("wanda")]
    [InlineData("sparsegpt")]
    public void Paper_Instruct_AsTheReleasedParser(string set)
    {
        var golden = Golden.Json("golden/statistics/judge-replies.json").GetProperty($"instruct/{set}");
        var read = Replies("instruct", set).Select(reply => (reply.Id, Pair: PaperReply.Pair(reply.Text))).ToList();
        var pairs = read.Select(reply => reply.Pair).OfType<ScorePair>().ToList();
        Assert.Equal(golden.GetProperty("replies").GetInt32(), read.Count);
        Assert.Equal(golden.GetProperty("unparsed_question_ids").Ints(), read.Where(reply => reply.Pair is null).Select(reply => reply.Id));
        RequireMeans(golden.GetProperty("means_of_parsed_assistant_1_2"), pairs);
    }

    [Theory]
    [InlineData("magnitude")]
    [InlineData("wanda")]
    [InlineData("sparsegpt")]
    public void Paper_Summarization_AsTheReleasedParser(string set)
    {
        var means = Golden.Json("golden/statistics/judge-replies.json").GetProperty($"summarization/{set}")
            .GetProperty("means_of_parsed_assistant_1_2");
        var replies = Replies("summarization", set).ConvertAll(reply => reply.Text);
        var read = replies.Select(PaperReply.FourPairs).OfType<IReadOnlyList<ScorePair>>().ToList();
        Assert.Equal(90, read.Count);
        foreach (var (i, aspect) in JudgeScores.Aspects.Index())
            RequireMeans(means.GetProperty(aspect), [.. read.Select(pairs => pairs[i])]);
        Assert.Equal(read, replies.Select(StrictReply.FourPairs));
    }

    [Fact]
    public void Strict_WhatTheReleasedParserDrops_EighteenAreReadAndNineAreErrors()
    {
        var dropped = new[] { "magnitude", "wanda", "sparsegpt" }
            .SelectMany(set => Replies("instruct", set).Where(reply => PaperReply.Pair(reply.Text) is null)
                .Select(reply => (Set: set, reply.Id, reply.Text))).ToList();
        var read = dropped.Where(reply => StrictReply.Pair(reply.Text) is not null)
            .ToDictionary(reply => $"{reply.Set} {reply.Id}", reply => StrictReply.Pair(reply.Text)!);
        Assert.Equal(Enumerable.Repeat("error", 9),
            dropped.Where(reply => StrictReply.Pair(reply.Text) is null).Select(reply => reply.Text));
        Assert.Equal(18, read.Count);
        Assert.Equal(new Dictionary<string, ScorePair>
        {
            ["magnitude 63"] = new(8.5, 9), ["magnitude 64"] = new(8.5, 7.5), ["magnitude 65"] = new(9.5, 9),
            ["magnitude 68"] = new(6, 5), ["magnitude 69"] = new(10, 1),
            ["magnitude 70"] = new(10, 4), ["wanda 61"] = new(8.5, 6), ["wanda 63"] = new(8.5, 9), ["wanda 68"] = new(6, 6),
            ["wanda 69"] = new(10, 1), ["wanda 70"] = new(10, 4),
            ["sparsegpt 61"] = new(8.5, 6), ["sparsegpt 63"] = new(8.5, 9), ["sparsegpt 65"] = new(9.5, 9),
            ["sparsegpt 67"] = new(8.5, 4), ["sparsegpt 68"] = new(4, 4),
            ["sparsegpt 69"] = new(10, 1), ["sparsegpt 70"] = new(10, 3),
        }, read);
    }

    [Theory]
    [InlineData("magnitude")]
    [InlineData("wanda")]
    [InlineData("sparsegpt")]
    public void Strict_WhatTheReleasedParserReads_IsTheSame(string set)
    {
        foreach (var reply in Replies("instruct", set))
            if (PaperReply.Pair(reply.Text) is { } paper)
                Assert.Equal(paper, StrictReply.Pair(reply.Text));
    }

    [Fact]
    public void Readme_ShareThatIsRead_IsWhatTheSetsGive()
    {
        string[] sets = ["magnitude", "wanda", "sparsegpt"];
        var answers = sets.Select(set => Replies("instruct", set).ConvertAll(reply => reply.Text)).ToList();
        var summaries = sets.Select(set => Replies("summarization", set).ConvertAll(reply => reply.Text)).ToList();
        var (paper, strict) =
            (Shares(answers, text => PaperReply.Pair(text) is not null), Shares(answers, text => StrictReply.Pair(text) is not null));
        Assert.Equal(("80, 80, 80", "90, 90, 90"), (Shares(answers, _ => true), Shares(summaries, _ => true)));
        Assert.Equal(("90, 90, 90", "90, 90, 90"), (Shares(summaries, text => PaperReply.FourPairs(text) is not null),
            Shares(summaries, text => StrictReply.FourPairs(text) is not null)));
        var readme = string.Join(' ', File.ReadAllText(Path.Combine(SharedData.RepositoryRoot, "README.md"))
            .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains($"its code reads {paper} of 80 about answers, `llmkick` {strict}", readme, StringComparison.Ordinal);
    }

    private static string Shares(IEnumerable<List<string>> sets, Func<string, bool> isRead) =>
        string.Join(", ", sets.Select(set => set.Count(isRead)));

    private static void RequireMeans(JsonElement means, List<ScorePair> pairs)
    {
        Assert.Equal(means[0].GetDouble(), pairs.Average(pair => pair.First), 1e-9);
        Assert.Equal(means[1].GetDouble(), pairs.Average(pair => pair.Second), 1e-9);
    }

    /// <summary>A file ends with a line of averages, which is no JSON.</summary>
    private static List<(int Id, string Text)> Replies(string task, string set) =>
        [.. File.ReadLines(SharedData.Require($"data/{task}/judge-replies-{set}.jsonl")).Where(line => line.StartsWith('{'))
            .Select(line => JsonDocument.Parse(line).RootElement)
            .Select(reply => (reply.GetProperty("question_id").GetInt32(), reply.GetProperty("text").GetString()!))];
}
