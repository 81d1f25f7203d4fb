using LlmKick.Kick.Mmlu;
using LlmKick.Sdk;
using LlmKick.Tests.Tasks.Questions;

namespace LlmKick.Tests.Tasks.Mmlu;

/// <summary>MMLU in the hub's layouts: subjects in folders of their names, or all in one file.</summary>
public sealed class MmluParquetTests : IDisposable
{
    private static readonly string[] Choices = ["one", "two, or \"more\"", "three\nlines", "four"];

    private static readonly (string, string, string[], long)[] Rows =
        [("virology", "v1", Choices, 0), ("anatomy", "a1", Choices, 3), ("anatomy", "a2", Choices, 1), ("virology", "v2", Choices, 2)];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("all")]
    [InlineData("anatomy")]
    public async Task Samples_LayoutsOfTheHub_AreTheSubjectsQuestions(string place)
    {
        await WriteAsync(place, Rows);

        var samples = await SamplesAsync("anatomy");

        Assert.Equal(["anatomy/0", "anatomy/1"], samples.Select(sample => sample.Id));
        Assert.Equal(["D", "B"], samples.Select(sample => sample.Letter));
        Assert.Equal("The following are multiple choice questions (with answers) about  anatomy.\n\n"
            + "a1\nA. one\nB. two, or \"more\"\nC. three\nlines\nD. four\nAnswer: D\n\n"
            + "a2\nA. one\nB. two, or \"more\"\nC. three\nlines\nD. four\nAnswer:", samples[1].Prompt.Text);
    }

    [Fact]
    public async Task Samples_SubjectThatIsMissing_IsNamed()
    {
        await WriteAsync("", Rows);
        Assert.Contains("have no question of 'astronomy' (they have anatomy, virology",
            (await Assert.ThrowsAsync<LlmKickException>(() => SamplesAsync("astronomy"))).Message, StringComparison.Ordinal);
        File.Delete(folder.File("dev-00000-of-00001.parquet"));
        Assert.Contains("there is no dev-*.parquet for 'anatomy'",
            (await Assert.ThrowsAsync<LlmKickException>(() => SamplesAsync("anatomy"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Samples_RowThatIsNoQuestion_IsNamed()
    {
        await WriteAsync("", [("anatomy", "a1", Choices, 0), ("anatomy", "a2", Choices[..3], 0)]);
        Assert.Contains("dev-00000-of-00001.parquet: row 2: not a row with a `question`",
            (await Assert.ThrowsAsync<LlmKickException>(() => SamplesAsync("anatomy"))).Message, StringComparison.Ordinal);
    }

    private async Task WriteAsync(string place, (string, string, string[], long)[] rows)
    {
        Directory.CreateDirectory(folder.File(place));
        foreach (var split in new[] { "dev", "test" })
            await HubFile.MmluAsync(Path.Combine(folder.File(place), $"{split}-00000-of-00001.parquet"), rows);
    }

    private Task<List<MmluSample>> SamplesAsync(string subject) => TaskRun.Samples<MmluSample>(
        new MmluTask(new MmluOptions { Path = folder.File(""), Subjects = [subject], Shots = 1 }), TaskRun.Context());
}
