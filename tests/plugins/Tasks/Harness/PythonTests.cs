using LlmKick.Harness.Python;
using LlmKick.Sdk.Statistics;

namespace LlmKick.Tests.Tasks.Harness;

/// <summary>What Python 3.12 gave.</summary>
public sealed class PythonTests
{
    [Theory]
    [InlineData(1234, 100, new[] { 99, 56, 14, 0, 11 })]
    [InlineData(0, 1000, new[] { 864, 394, 776, 911, 430, 41, 265, 988 })]
    [InlineData((1L << 40) + 3, 30, new[] { 7, 1, 17 })]
    [InlineData(-7, 30, new[] { 10, 4, 12 })]
    public void Sample_Seed_DrawsOfPython(long seed, int population, int[] drawn) =>
        Assert.Equal(drawn, new PythonRandom(seed).Sample([.. Enumerable.Range(0, population)], drawn.Length));

    [Fact]
    public void Draws_OneAfterAnother_AreThoseOfPython()
    {
        var random = new PythonRandom(1234);
        _ = random.Sample([.. Enumerable.Range(0, 100)], 5);
        Assert.Equal([9, 0, 1, 8], random.Sample([.. Enumerable.Range(0, 10)], 4));
        Assert.Equal(0.7664809327917963, random.NextDouble());
        Assert.Equal(0.23680977536311776, random.NextDouble());
        Assert.Equal([1, 39, 17, 31, 30, 7], random.Choices([.. Enumerable.Range(0, 50)], 6));
    }

    [Fact]
    public void Sample_PoolAndSet_AreThoseOfPython()
    {
        var random = new PythonRandom(0);
        _ = random.Sample([.. Enumerable.Range(0, 1000)], 8);
        Assert.Equal([16, 15, 12, 9, 19], random.Sample([.. Enumerable.Range(0, 21)], 5));
        Assert.Equal([11, 18, 6, 16, 4], random.Sample([.. Enumerable.Range(0, 22)], 5));
        Assert.Equal([36, 17, 12, 79, 32, 68], random.Sample([.. Enumerable.Range(0, 90)], 6));
    }

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
