using System.Text.Json;
using LlmKick.Sdk;
using LlmKick.Sdk.Files;

namespace LlmKick.Tests.Files;

public sealed class JsonLinesTests
{
    [Theory]
    [InlineData("a.jsonl", true)]
    [InlineData("a.NDJSON", true)]
    [InlineData("a.json", false)]
    [InlineData("jsonl", false)]
    public void Is_Ending_InAnyCase(string path, bool isLines) => Assert.Equal(isLines, JsonLines.Is(path));

    [Fact]
    public void Parse_BlankLines_AreLeftOutAndCounted()
    {
        var lines = JsonLines.Parse<Pair>("a.jsonl", "{\"first_name\":\"x\"}\r\n\n  \n{\"first_name\":\"y\",\"more\":1}\n", "a name");
        Assert.Equal([(1, new Pair("x")), (4, new Pair("y"))], lines);
    }

    [Theory]
    [InlineData("{", "a.jsonl:2: not a JSON object with a `first_name`. It ends in the middle: it may be cut short.")]
    [InlineData("{}", "a.jsonl:2: not a JSON object with a `first_name`.")]
    [InlineData("{\"first_name\":null}", "a.jsonl:2: not a JSON object with a `first_name`. '$.first_name' lacks something")]
    [InlineData("null", "a.jsonl:2: not a JSON object with a `first_name`.")]
    public void Parse_WrongLine_SaysWhereAndWhat(string line, string message) => Assert.StartsWith(message, Assert.Throws<LlmKickException>(
        () => JsonLines.Parse<Pair>("a.jsonl", "\n" + line, "a `first_name`")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("[1]")]
    [InlineData("1")]
    public void Parse_ElementThatIsNoObject_IsRefused(string line) => Assert.Throws<LlmKickException>(
        () => JsonLines.Parse<JsonElement>("a.jsonl", line, "columns"));

    [Fact]
    public void Texts_OfLines_AreInOrder() =>
        Assert.Equal(["a", "b"], JsonLines.Texts("a.jsonl", "{\"text\":\"a\"}\n{\"text\":\"b\",\"x\":[1]}", "text"));

    private sealed record Pair(string FirstName);
}
