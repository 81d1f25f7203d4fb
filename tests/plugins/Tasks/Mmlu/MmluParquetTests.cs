using LlmKick.Kick.Mmlu;
using LlmKick.Sdk;
using LlmKick.Tests.Tasks.Questions;

namespace LlmKick.Tests.Tasks.Mmlu;

/// <summary>MMLU as the hub has it gives the samples that its CSV files give.</summary>
public sealed class MmluParquetTests : IDisposable
{
    private static readonly string[] Subjects = ["anatomy", "virology"];
    private static readonly string[] Choices = ["1", "2", "3", "4"];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    public async Task Samples_FolderOfAll_AreThoseOfCsv(int rowsOfAGroup)
    {
        await HubFile.MmluAsync(folder.File("all/dev-00000-of-00001.parquet"), rowsOfAGroup, [.. Subjects.SelectMany(Dev)]);
        await HubFile.MmluAsync(folder.File("all/test-00000-of-00001.parquet"), rowsOfAGroup, [.. Subjects.Reverse().SelectMany(Test)]);
        Assert.Equal(await OfCsv(), await Told(folder.File("all")));
    }

    [Fact]
    public async Task Samples_FolderOfEachSubject_AreThoseOfCsv()
    {
        foreach (var subject in Subjects)
        {
            await HubFile.MmluAsync(folder.File($"hub/{subject}/dev-00000-of-00001.parquet"), 3, [.. Dev(subject)]);
            await HubFile.MmluAsync(folder.File($"hub/{subject}/test-00000-of-00001.parquet"), 3, [.. Test(subject)]);
        }
        Assert.Equal(await OfCsv(), await Told(folder.File("hub")));
    }

    [Fact]
    public async Task Samples_RowsThatAreNoQuestions_AreCountedByReason()
    {
        await HubFile.MmluAsync(folder.File("all/dev-0.parquet"), 9, [.. Subjects.SelectMany(Dev)]);
        await HubFile.MmluAsync(folder.File("all/test-0.parquet"), 9, [.. Subjects.SelectMany(Test),
            ("three", "anatomy", ["1", "2", "3"], 0),
            ("far", "anatomy", Choices, 4), ("none", "anatomy", Choices, null), (null, "anatomy", Choices, 0)]);
        var told = new ToldMessages();
        Assert.Equal(await OfCsv(), await Told(folder.File("all"), told));
        Assert.Equal($"{folder.File("all")}: 4 rows that cannot be used are left out: 1 without a question, "
            + "2 without a right answer from 0 to 3, 1 without four choices.", Assert.Single(told.Messages));
    }

    [Fact]
    public async Task Samples_SubjectThatIsNotThere_SaysWhichAre()
    {
        await HubFile.MmluAsync(folder.File("all/dev-0.parquet"), 9, [.. Dev("anatomy")]);
        await HubFile.MmluAsync(folder.File("all/test-0.parquet"), 9, [.. Test("anatomy")]);
        var fault = await Assert.ThrowsAsync<LlmKickException>(() => Told(folder.File("all")));
        Assert.Contains("there is no question of 'virology'; it has anatomy.", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Samples_OtherColumns_AreTold()
    {
        await HubFile.TextsAsync(folder.File("all/dev-0.parquet"), "text", 9, "a");
        await HubFile.TextsAsync(folder.File("all/test-0.parquet"), "text", 9, "a");
        var fault = await Assert.ThrowsAsync<LlmKickException>(() => Told(folder.File("all")));
        Assert.Contains("there is no column 'question' (it has text)", fault.Message, StringComparison.Ordinal);
    }

    private static IEnumerable<(string?, string, string[], long?)> Dev(string subject) =>
        Enumerable.Range(0, 5).Select(i => ((string?)$"d{i + 1}", subject, new[] { "a", "b", "c", "d" }, (long?)(i % 4)));

    private static IEnumerable<(string?, string, string[], long?)> Test(string subject) =>
        [("q, 1", subject, Choices, 1), ("q2", subject, Choices, 2), ("q3", subject, Choices, 0)];

    private async Task<List<string>> OfCsv()
    {
        var told = await Told(MmluFolder.Write(folder, Subjects));
        Assert.Equal(6, told.Count);
        return told;
    }

    private static async Task<List<string>> Told(string path, ToldMessages? told = null) => (await TaskRun.Samples<MmluSample>(
        new MmluTask(new MmluOptions { Path = path, Subjects = Subjects }), TaskRun.Context() with { Logger = told ?? new ToldMessages() }))
        .ConvertAll(sample => $"{sample.Id} {sample.Letter} {sample.Prompt.Text}");
}
