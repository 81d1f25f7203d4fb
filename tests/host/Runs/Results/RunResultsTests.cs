using System.Text.Json;
using System.Text.Json.Nodes;
using LlmKick.Runs.Records;
using LlmKick.Runs.Results;
using LlmKick.Storage;
using LlmKick.Tests.Reports;

namespace LlmKick.Tests.Runs.Results;

public sealed class RunResultsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("\"axis\":\"ratio\"", "prune 4 0.3")]
    [InlineData("\"axis\":null", "prune 0.5 4 0.3")]
    [InlineData("\"more\":1", "prune 0.5 4")]
    public void Method_HasAllOptionsButTheAxis_WhichWasTheSparsityBeforeItWasTold(string told, string method)
    {
        var options = """{"ratio":0.5,"bits":4,"sparsity":0.3}""";
        var one = JsonSerializer.Deserialize<CompressorResults>($$"""{"name":"prune","options":{{options}},{{told}}}""", RunJson.Line)!;
        Assert.Equal(method, one.ToString());
    }

    [Fact]
    public void Definition_OptionsThatSelectSamples_AreLeftOut()
    {
        var few = new StoredRunMaker(folder.Path).Write();
        var task = few.Tasks[0];
        Assert.Equal(["limit", "take"], task.Selection);
        Assert.Contains("\"shots\"", few.DefinitionOf(task), StringComparison.Ordinal);
        Assert.DoesNotContain("shots", few.DefinitionOf(task with { Selection = ["shots"] }), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_WhatWasWritten_IsWrittenAlike()
    {
        new StoredRunMaker(folder.Path).Write();
        var path = new RunFolder(folder.Path).Results;
        RunFile.WriteJson(path, RunResults.Read(folder.Path), RunJson.Document);
        var once = File.ReadAllText(path);
        RunFile.WriteJson(path, RunResults.Read(folder.Path), RunJson.Document);
        Assert.Equal(once, File.ReadAllText(path));
        Assert.Equal(1.5, (double)JsonNode.Parse(once)!["variants"]![1]!["seconds"]!);
    }
}
