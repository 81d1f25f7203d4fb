using LlmKick.Perplexity;
using LlmKick.Sdk;

namespace LlmKick.Tests.Tasks.Perplexity;

public sealed class CorpusTextTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Read_File_AsItIs() => Assert.Equal(" \r\n = A = \n\nb", await Read("text.txt", " \r\n = A = \n\nb", TextJoin.File));

    [Theory]
    [InlineData(" = A = \n \n text \n", " = A = \n\n\n\n\n text \n")]
    [InlineData("a\nb", "a\n\n\nb")]
    public async Task Read_Rows_AsDatasetsLibraryMakesThem(string content, string joined) =>
        Assert.Equal(joined, await Read("text.txt", content, TextJoin.Rows));

    [Fact]
    public async Task Read_JsonLines_JoinedByBlankLine() =>
        Assert.Equal("one\n\ntwo\nthree",
            await Read("text.jsonl", "{\"text\": \"one\", \"id\": 1}\n\n{\"text\": \"two\\nthree\"}\n", TextJoin.File));

    [Theory]
    [InlineData("{\"text\": 1}")]
    [InlineData("{\"txt\": \"a\"}")]
    [InlineData("[]")]
    [InlineData("{")]
    public async Task Read_BadJsonLine_NamesFileAndLine(string line)
    {
        var error = await Assert.ThrowsAsync<LlmKickException>(() => Read("text.jsonl", "{\"text\": \"one\"}\n" + line, TextJoin.File));
        Assert.Contains("text.jsonl:2:", error.Message);
    }

    private Task<string> Read(string name, string content, TextJoin join) =>
        CorpusText.ReadAsync(folder.Write(name, content), join, TestContext.Current.CancellationToken);
}
