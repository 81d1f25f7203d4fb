extern alias kick;

using System.Text.Json.Nodes;
using LlmKick.Kick.Questions;
using ParquetFile = kick::LlmKick.Kick.Questions.ParquetFile;

namespace LlmKick.Tests.Tasks.Questions;

/// <summary>Files of seven writers give the rows that pyarrow and polars read.</summary>
public sealed class ParquetGoldenTests
{
    public static TheoryData<string> Files =>
    [
        "datasets", "duckdb", "duckdb-v2", "fastparquet", "pandas", "polars", "pyarrow", "pyarrow-1.0-int96", "pyarrow-large-lz4",
        "pyarrow-v1-delta-brotli",
        "pyarrow-v2-delta-gzip", "pyarrow-v2-zstd",
    ];

    [Fact]
    public void Files_InTheFolder_AreAllTested() => Assert.Equal(
        Directory.EnumerateFiles(SharedData.Require("golden/parquet"), "*.parquet").Select(Path.GetFileNameWithoutExtension)
            .Order(StringComparer.Ordinal),
        Files.Select(file => file.Data).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Read_GoldenFile_GivesItsRows(string name)
    {
        var expected = JsonNode.Parse(await File.ReadAllTextAsync(SharedData.Require($"golden/parquet/{name}.json"),
            TestContext.Current.CancellationToken))!.AsArray();
        var file = new ParquetFile(SharedData.Require($"golden/parquet/{name}.parquet"), "anything");
        var rows = new List<JsonObject>();
        for (var group = 0; group < await file.CountGroupsAsync(); group++)
            rows.AddRange(await file.ReadAsync(group, TestContext.Current.CancellationToken));

        Assert.Equal(60, rows.Count);
        foreach (var (i, row) in rows.Index())
            Assert.True(JsonNode.DeepEquals(JsonNode.Parse(row.ToJsonString()), expected[i]),
                $"Row {i} is {row.ToJsonString()}, not {expected[i]!.ToJsonString()}.");
    }

    [Fact]
    public async Task Read_ColumnInLists_KeepsThePlacesOfMissingTexts()
    {
        var file = new ParquetFile(SharedData.Require("golden/parquet/pyarrow-v2-zstd.parquet"), "anything");
        var texts = await file.ReadAsync(0, "turns.content", TestContext.Current.CancellationToken);
        Assert.Equal(["text 3 0", "text 3 1", null], texts[3]);
        Assert.Empty(texts[0]);
        Assert.Equal(["a2", null], (await file.ReadAsync(0, "answer.aliases", TestContext.Current.CancellationToken))[2]);
    }

    [Fact]
    public async Task Read_Strangers_AreNamed()
    {
        using var folder = new TemporaryFolder();
        async Task<string> Fault(string content) => (await Assert.ThrowsAsync<LlmKick.Sdk.LlmKickException>(() =>
            new ParquetFile(folder.Write("x.parquet", content), "anything").CountGroupsAsync())).Message;
        Assert.Contains("x.parquet: it is a git-LFS pointer",
            await Fault("version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 5\n"), StringComparison.Ordinal);
        Assert.Contains("x.parquet: it is an HTML page", await Fault("<!DOCTYPE html><html></html>"), StringComparison.Ordinal);
        Assert.Contains("x.parquet: it cannot be read as a Parquet file (", await Fault("PAR1garbagePAR1"), StringComparison.Ordinal);
    }
}
