using LlmKick.Perplexity;
using LlmKick.Sdk;
using LlmKick.Tests.Tasks.Questions;

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

    /// <summary>The rows that the datasets library makes of WikiText, as the hub has them, are those of its lines.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    public async Task Read_ParquetOfWikiText_IsItsRows(int rowsOfAGroup)
    {
        await HubFile.TextsAsync(folder.File("test-1.parquet"), "text", rowsOfAGroup, "", " = A = \n", "");
        await HubFile.TextsAsync(folder.File("test-2.parquet"), "text", rowsOfAGroup, " text \n");
        Assert.Equal(await Read("text.txt", " \n = A = \n \n text \n", TextJoin.Rows),
            await Read(folder.File("test-*.parquet"), "text"));
    }

    [Fact]
    public async Task Read_ColumnNamed_IsTaken_AndOthersAreTold()
    {
        await HubFile.TextsAsync(folder.File("a.parquet"), "sentence", 9, "one", "two");
        Assert.Equal("one\n\ntwo", await Read(folder.File("a.parquet"), "sentence"));
        var fault = await Assert.ThrowsAsync<LlmKickException>(() => Read(folder.File("a.parquet"), "text"));
        Assert.Contains("there is no text column 'text' (it has sentence)", fault.Message, StringComparison.Ordinal);
        fault = await Assert.ThrowsAsync<LlmKickException>(() => Read(folder.Write("a.jsonl", "{\"txt\": \"a\", \"id\": 1}"), "text"));
        Assert.EndsWith("a.jsonl:1: not a JSON object with a string `text`. It has txt, id.", fault.Message, StringComparison.Ordinal);
        fault = await Assert.ThrowsAsync<LlmKickException>(() => Read(folder.Write("a.txt", "x"), "body"));
        Assert.Contains("a plain text has no column 'body'", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_ParquetWithAMissingText_NamesTheRow()
    {
        await HubFile.TextsAsync(folder.File("a.parquet"), "text", 1, "one", null);
        var fault = await Assert.ThrowsAsync<LlmKickException>(() => Read(folder.File("a.parquet"), "text"));
        Assert.Contains("a.parquet: row 2 has 0 texts in 'text', and one is needed", fault.Message, StringComparison.Ordinal);
    }

    private static Task<string> Read(string path, string column) =>
        CorpusText.ReadAsync(path, column, TextJoin.File, TestContext.Current.CancellationToken);

    private Task<string> Read(string name, string content, TextJoin join) =>
        CorpusText.ReadAsync(folder.Write(name, content), "text", join, TestContext.Current.CancellationToken);
}
