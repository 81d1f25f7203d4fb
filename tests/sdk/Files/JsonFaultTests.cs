using System.Text;
using System.Text.Json;
using LlmKick.Sdk.Files;

namespace LlmKick.Tests.Files;

public sealed class JsonFaultTests
{
    [Theory]
    [InlineData("", "It is empty.")]
    [InlineData(" \n\t", "It is empty.")]
    [InlineData("{\"a\": 1", "It ends in the middle: it may be cut short.")]
    [InlineData("[1, 2", "It ends in the middle: it may be cut short.")]
    [InlineData("{\n  \"a\": 1,\n}", "Line 3, column 1: a comma stands before the closing '}'.")]
    [InlineData("[1, 2, ]", "Column 8: a comma stands before the closing ']'.")]
    [InlineData("{\n\"ä\": Infinity}", "Line 2, column 6: 'Infinity}' cannot stand here.")]
    [InlineData("{\"a\": 1} x", "Column 10: 'x' cannot stand here.")]
    [InlineData("{\"a\": {\"b\": 1, \"b\": 2}}", "Column 16: the key 'b' stands twice in one object.")]
    [InlineData("{\"a\": 1, \"\\u0061\": 2}", "Column 10: the key 'a' stands twice in one object.")]
    [InlineData("[[[[1]]]]", "Column 4: it is nested too deep here.")]
    public void Explain_WrongText_SaysWhereAndWhat(string text, string sentence) =>
        Assert.Equal(sentence, Assert.Throws<JsonException>(() => StrictJson.Parse(Encoding.UTF8.GetBytes(text), depth: 3)).Message);

    [Fact]
    public void Explain_ValueOfAnotherKind_NamesItsPlace()
    {
        const string text = "[1, \"two\"]";
        var fault = Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<int[]>(text));
        Assert.Equal("'$[1]' lacks something or has a value of another kind.", JsonFault.Explain(text, fault));
    }

    /// <summary>Whatever was cut or changed, there is one sentence without the reader's own words.</summary>
    [Fact]
    public void Explain_AnyDamage_IsOneSentenceOfOurs()
    {
        var text = Encoding.UTF8.GetBytes("{\"a\": [1.5e3, true, null, {\"b\\n\": \"ü\"}],\n \"c\": -0.1}");
        var random = new Random(7);
        for (var i = 0; i < 5000; i++)
        {
            var changed = text[..random.Next(text.Length)].Concat(text[random.Next(text.Length)..]).ToArray();
            changed[random.Next(changed.Length / 2)] = (byte)random.Next(128);
            if (Record.Exception(() => StrictJson.Parse(changed).Dispose()) is not { } fault)
                continue;
            Assert.IsType<JsonException>(fault);
            Assert.DoesNotContain("LineNumber", fault.Message, StringComparison.Ordinal);
            Assert.EndsWith(".", fault.Message, StringComparison.Ordinal);
        }
    }
}
