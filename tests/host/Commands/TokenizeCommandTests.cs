namespace LlmKick.Tests.Commands;

/// <summary><c>tokenize</c> on a tokenizer of bytes, where 'he' is token 258 and &lt;end&gt; is 256.</summary>
public sealed class TokenizeCommandTests(TokenizeCommandTests.Checkpoint checkpoint) : IClassFixture<TokenizeCommandTests.Checkpoint>
{
    [Theory]
    [InlineData("", "[]")]
    [InlineData("hex", "[258,120]")]
    [InlineData("<end><begin>", "[256,257]")]
    [InlineData("\ufeffa\0", "[239,187,191,97,0]")]
    public void Tokenize_Text_GivesItsIds(string text, string ids) => AssertDone(ids + "\n", Tokenize(text, "--json"));

    [Fact]
    public void Tokenize_NoText_GivesNoIds() => AssertDone("\n", Tokenize(""));

    [Fact]
    public void Tokenize_BrokenUtf8_NamesLineAndByte()
    {
        var result = Tool.Feed([(byte)'a', 0xFF, (byte)'b'], "tokenize", checkpoint.Path);
        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith("stdin:1: the byte 0xFF is no UTF-8 here", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "[257]")]
    [InlineData("he", "[257,258]")]
    public void Tokenize_Special_AddsWhatTheModelAdds(string text, string ids) =>
        AssertDone(ids + "\n", Tokenize(text, "--json", "--special"));

    [Theory]
    [InlineData("258 120", "hex\n")]
    [InlineData("[256, 104]\n", "<end>h\n")]
    [InlineData("", "\n")]
    public void Decode_Ids_GivesTheirText(string ids, string text) => AssertDone(text, Tokenize(ids, "--decode"));

    [Theory]
    [InlineData("259")]
    [InlineData("-1")]
    [InlineData("1.5")]
    [InlineData("99999999999999999999")]
    [InlineData("x")]
    public void Decode_NoId_NamesIt(string word) =>
        AssertFailed($"'{word}' is no token id of this model: write whole numbers from 0 to 258.", "", Tokenize($"1 {word} 2", "--decode"));

    [Fact]
    public void DecodeLines_NoId_NamesTheLineAfterWritingThoseBefore() =>
        AssertFailed("'259' in line 2 of stdin is no token id of this model", "he\n", Tokenize("258\n259\n", "--decode", "--lines"));

    [Theory]
    [InlineData("he")]
    [InlineData("")]
    [InlineData("7")]
    [InlineData("null")]
    [InlineData("\"\\ud800\"")]
    [InlineData("[\"he\"]")]
    public void JsonLines_NoString_NamesTheLineAfterWritingThoseBefore(string line)
    {
        var result = Tokenize($"\"he\"\n{line}\n\"he\"", "--lines", "--json");
        Assert.StartsWith("[258]\n{", result.Out, StringComparison.Ordinal);
        AssertFailed("Line 2 of stdin is no JSON string.", result.Out, result);
    }

    [Fact]
    public void Lines_Texts_AreEachTheirOwn() => AssertDone("258\n\n258 120\n", Tokenize("he\n\nhex", "--lines"));

    private ToolResult Tokenize(string input, params string[] options) => Tool.Feed(input, ["tokenize", checkpoint.Path, .. options]);

    private static void AssertDone(string output, ToolResult result) =>
        Assert.Equal((0, output, ""), (result.ExitCode, result.Out, result.Error));

    private static void AssertFailed(string sentence, string output, ToolResult result)
    {
        Assert.Equal((1, output), (result.ExitCode, result.Out));
        Assert.Contains(sentence, Assert.Single(result.ErrorLines), StringComparison.Ordinal);
    }

    public sealed class Checkpoint : IDisposable
    {
        private readonly TemporaryFolder folder = new();

        public Checkpoint()
        {
            var checkpoint = new TinyCheckpoint();
            checkpoint.Tokenizer["post_processor"] = System.Text.Json.Nodes.JsonNode.Parse("""
                {"type":"TemplateProcessing","single":[{"SpecialToken":{"id":"<begin>"}},{"Sequence":{"id":"A"}}],"special_tokens":{"<begin>":{"ids":[257]}}}
                """);
            checkpoint.Write(folder.Path);
        }

        public string Path => folder.Path;

        public void Dispose() => folder.Dispose();
    }
}
