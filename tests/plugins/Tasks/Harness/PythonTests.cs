using LlmKick.Harness.Python;

namespace LlmKick.Tests.Tasks.Harness;

/// <summary>What Python 3.12 gave.</summary>
public sealed class PythonTests
{
    [Theory]
    [InlineData(1e16, "1e+16")]
    [InlineData(123456789012345680.0, "1.2345678901234568e+17")]
    [InlineData(1e-5, "1e-05")]
    [InlineData(0.0001, "0.0001")]
    [InlineData(1.5, "1.5")]
    [InlineData(3.0, "3.0")]
    [InlineData(1234567890123456.5, "1234567890123456.5")]
    [InlineData("a'b\"c\n", @"'a\'b""c\n'")]
    [InlineData(null, "None")]
    [InlineData(true, "True")]
    public void Repr_Value_AsPython(object? value, string written) => Assert.Equal(written, PythonText.Repr(value));

    [Theory]
    [InlineData("['a', \"b\\n\", 'c' 'd']", "['a', 'b\\n', 'cd']")]
    [InlineData("(1, -2.5, 1e3, None)", "[1, -2.5, 1000.0, None]")]
    [InlineData("('one')", "'one'")]
    [InlineData("('one',)", "['one']")]
    [InlineData("{'a': [True], 'b': {}}", "{'a': [True], 'b': {}}")]
    [InlineData("'\\u00e9\\x41\\101'", "'éAA'")]
    public void Literal_Text_Value(string text, string value)
    {
        Assert.True(PythonLiteral.TryRead(text, out var read));
        Assert.Equal(value, PythonText.Repr(read));
    }

    [Theory]
    [InlineData("2 or more")]
    [InlineData("[1, 2")]
    [InlineData("'open")]
    [InlineData("name")]
    [InlineData("")]
    [InlineData("{'a': 1, 2}")]
    public void Literal_NoLiteral_IsNone(string text) => Assert.False(PythonLiteral.TryRead(text, out _));

    [Theory]
    [InlineData("(?P<a>x)(?P=a)", "xx", true)]
    [InlineData(@"end\Z", "the end", true)]
    [InlineData(@"end\Z", "the end\n", false)]
    [InlineData("[][a]+", "[]", true)]
    public void Regex_PythonsForm_Matches(string pattern, string text, bool matches) =>
        Assert.Equal(matches, PythonRegex.Of(pattern, "here").IsMatch(text));
}
