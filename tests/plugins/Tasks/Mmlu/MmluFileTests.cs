using LlmKick.Kick.Mmlu;
using LlmKick.Sdk;

namespace LlmKick.Tests.Tasks.Mmlu;

public sealed class MmluFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Read_QuotesAndLineEnds_AsPythonReadsThem()
    {
        var question = Assert.Single(await Read("\"He said \"\"no\"\",\r\nI. twice\", a ,5\" long,,\"x,y\",D\r\n"));
        Assert.Equal("He said \"no\",\nI. twice", question.Text);
        Assert.Equal([" a ", "5\" long", "", "x,y"], question.Choices);
        Assert.Equal("D", question.Letter);
    }

    [Theory]
    [InlineData("q,a,b,c,d,A\n\"two\nlines\",a,b,c,d,A\nq,a,b,c,A\n", 4)]
    [InlineData("q,a,b,c,d,A\nq,a,b,c,d,E\n", 2)]
    [InlineData("q,a,b,c,d,A\nq,a,b,c,d,A,A\n", 2)]
    [InlineData("q,a,b,c,d,A\nq,a,b,c,d,\"A\nq,a,b,c,d,A\n", 2)]
    public async Task Read_MalformedRow_NamesFileAndLine(string content, int line)
    {
        var error = await Assert.ThrowsAsync<LlmKickException>(() => Read(content));
        Assert.Contains($"test.csv:{line}:", error.Message);
    }

    [Theory]
    [InlineData("q,a,b,c,d,A\nq,a,b,c,d,a\n", "test.csv:2: 'a' is no right letter; the sixth field is A, B, C or D")]
    [InlineData("", "test.csv: the file is empty")]
    public async Task Read_WrongLetterOrNothing_IsToldAsThat(string content, string told) =>
        Assert.Contains(told, (await Assert.ThrowsAsync<LlmKickException>(() => Read(content))).Message, StringComparison.Ordinal);

    [Fact]
    public async Task Read_WholeData_EveryQuestion()
    {
        var questions = 0;
        foreach (var file in Directory.GetFiles(SharedData.Require("data/mmlu/test")))
            questions += (await MmluFile.ReadAsync(file, TestContext.Current.CancellationToken)).Count;
        Assert.Equal(14_042, questions);
    }

    private Task<IReadOnlyList<MmluQuestion>> Read(string content) =>
        MmluFile.ReadAsync(folder.Write("test.csv", content), TestContext.Current.CancellationToken);
}
