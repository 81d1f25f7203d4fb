using System.Text.Json.Nodes;
using LlmKick.Tests.Reports;

namespace LlmKick.Tests.Commands;

public sealed class CompareCommandTests : IDisposable
{
    private readonly TemporaryFolder first = new();
    private readonly TemporaryFolder second = new();

    public CompareCommandTests()
    {
        new StoredRunMaker(first.Path).Write();
        new StoredRunMaker(second.Path) { Variants = [("wanda", 0.3, 2), ("wanda", 0.5, 50)] }.Write();
    }

    public void Dispose()
    {
        first.Dispose();
        second.Dispose();
    }

    [Fact]
    public void Compare_Json_NamesTheSamplesThatChanged()
    {
        var result = Tool.Run("compare", first.Path, second.Path, "--json");
        Assert.True(result.ExitCode == 0, result.Error);
        var all = result.Json["comparisons"]!.AsArray();
        Assert.Equal(3 * 3, all.Count);
        var changed = all.Single(one => (string)one!["variant"]! == "wanda-0.5" && (string)one["task"]! == "facts")!;
        Assert.Equal((int)changed["right_to_wrong"]!, changed["samples"]!["right_to_wrong"]!.AsArray().Count);
        Assert.NotEmpty(changed["samples"]!["right_to_wrong"]!.AsArray());
        Assert.All(all.Where(one => (string)one!["variant"]! == "wanda-0.3"), one => Assert.Empty(one!["samples"]!.AsObject()));
    }

    [Fact]
    public void Compare_OtherMetricsOfTheSameSamples_AreTold()
    {
        foreach (var (run, value) in new[] { (first, 1.5), (second, 1.75) })
        {
            var path = Path.Combine(run.Path, "results.json");
            var document = JsonNode.Parse(File.ReadAllText(path))!;
            document["tasks"]!["perplexity"]!["metrics"]!["byte_perplexity"] = new JsonObject { ["higher_is_better"] = false,
                ["help"] = "of bytes" };
            foreach (var variant in document["variants"]!.AsArray())
                variant!["tasks"]!["perplexity"]!["metrics"]!["byte_perplexity"] =
                    new JsonObject { ["value"] = value, ["n"] = 40, ["low"] = value, ["high"] = value };
            File.WriteAllText(path, document.ToJsonString());
        }
        var told = Tool.Run("compare", first.Path, second.Path);
        Assert.True(told.ExitCode == 0, told.Error);
        Assert.Contains("wanda-0.5/perplexity: of the same samples, and therefore not tested again: byte_perplexity 1.5", told.Out,
            StringComparison.Ordinal);
        var one = Tool.Run("compare", first.Path, second.Path, "--json").Json["comparisons"]!.AsArray()
            .First(one => (string)one!["task"]! == "perplexity")!["other_metrics"]!["byte_perplexity"]!;
        Assert.Equal((1.5, 1.75), ((double)one["before"]!["value"]!, (double)one["after"]!["value"]!));
    }

    [Theory]
    [InlineData("{ \"results\": {} }", "has one task's own files of a run: name the run's folder")]
    [InlineData("{ \"results\": ", "results.json' cannot be read. ")]
    public void Compare_FolderOfATasksOwnFiles_IsASentence(string document, string sentence)
    {
        second.Write("own/results.json", document);
        second.Write("own/samples.jsonl", "{}");
        var told = Tool.Run("compare", first.Path, second.File("own"));
        Assert.Equal(1, told.ExitCode);
        Assert.Contains(sentence, Assert.Single(told.ErrorLines), StringComparison.Ordinal);
    }

    [Fact]
    public void Compare_SameRun_HasNoFlip()
    {
        var result = Tool.Run("compare", first.Path, first.Path, "--fail-under", "1");
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.DoesNotContain("right → wrong:", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Compare_FailUnder_ExitsWithOneAndNamesTheBreach()
    {
        new StoredRunMaker(first.Path) { Variants = [("wanda", 0.3, 2), ("wanda", 0.5, 10)] }.Write();
        var result = Tool.Run("compare", first.Path, second.Path, "--fail-under", "0.9");
        Assert.Equal(1, result.ExitCode);
        Assert.Equal(["--fail-under: wanda-0.5/facts", "--fail-under: wanda-0.5/reading"],
            result.ErrorLines.Select(line => line[..line.IndexOf(": exact_match", StringComparison.Ordinal)]));
        Assert.Contains("right → wrong: ", result.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("B", "has no number there, but NaN")]
    [InlineData("A", "has no number there, but NaN")]
    public void Compare_FailUnderAndNoNumber_NamesItAndExitsWithOne(string side, string why)
    {
        new StoredRunMaker(first.Path).Write();
        new StoredRunMaker(second.Path).Write();
        Change(side == "A" ? first : second, variant => variant["tasks"]!["facts"]!["metrics"]!["exact_match"]!["value"] = null);
        AssertNotJudged([$"wanda-0.5/facts: nothing could be judged: {side} {why}."]);
    }

    [Fact]
    public void Compare_FailUnderAndFailure_NamesItAndExitsWithOne()
    {
        new StoredRunMaker(first.Path).Write();
        new StoredRunMaker(second.Path).Write();
        Change(second, variant => variant["tasks"]!["facts"] = new JsonObject { ["error"] = "The disk is full." });
        Change(first, variant => variant["tasks"]!.AsObject().Remove("reading"));
        AssertNotJudged(["wanda-0.5/facts: nothing could be judged: B failed there (The disk is full).",
            "wanda-0.5/reading: nothing could be judged: A has no exact_match there."]);
    }

    [Fact]
    public void Compare_FailUnderAndLostVariant_NamesItAndExitsWithOne()
    {
        new StoredRunMaker(first.Path) { Variants = [("wanda", 0.3, 2)] }.Write();
        new StoredRunMaker(second.Path) { Variants = [("magnitude", 0.3, 2)] }.Write();
        AssertNotJudged([.. new[] { "facts", "reading", "perplexity" }
            .Select(task => $"wanda-0.3/{task}: nothing could be judged: B has no such variant.")]);
    }

    private void AssertNotJudged(string[] sentences)
    {
        var result = Tool.Run("compare", first.Path, second.Path, "--fail-under", "0.1");
        Assert.Equal(1, result.ExitCode);
        Assert.Equal(sentences.Select(sentence => $"--fail-under: {sentence}"), result.ErrorLines);
        Assert.All(sentences, sentence => Assert.Contains(sentence, result.Out, StringComparison.Ordinal));
    }

    private static void Change(TemporaryFolder run, Action<JsonNode> change)
    {
        var results = JsonNode.Parse(File.ReadAllText(run.File("results.json")))!;
        change(results["variants"]!.AsArray().Single(variant => (string)variant!["name"]! == "wanda-0.5")!);
        File.WriteAllText(run.File("results.json"), results.ToJsonString());
    }

    [Fact]
    public void Compare_NothingInCommon_SaysSo()
    {
        using var other = new TemporaryFolder();
        new StoredRunMaker(other.Path) { Tasks = ["news"], Variants = [] }.Write();
        File.WriteAllText(other.File("results.json"),
            File.ReadAllText(other.File("results.json")).Replace("\"name\": \"dense\"", "\"name\": \"raw\"", StringComparison.Ordinal));
        var result = Tool.Run("compare", first.Path, other.Path);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("have no variant and task in common", Assert.Single(result.ErrorLines), StringComparison.Ordinal);
    }
}
