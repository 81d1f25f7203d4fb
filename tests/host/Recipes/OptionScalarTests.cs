using LlmKick.Options;
using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Models;

namespace LlmKick.Tests.Recipes;

public sealed class OptionScalarTests
{
    [Theory]
    [InlineData(typeof(bool), "true", "true")]
    [InlineData(typeof(int), "-3", "-3")]
    [InlineData(typeof(long), "5000000000", "5000000000")]
    [InlineData(typeof(double), "0.50", "0.5")]
    [InlineData(typeof(double), "1e-3", "0.001")]
    [InlineData(typeof(string), "it is", "it is")]
    [InlineData(typeof(DataType), "bfloat16", "bfloat16")]
    [InlineData(typeof(NmPattern), "2:4", "2:4")]
    public void TryParse_RightText_RoundTripsInShortestForm(Type type, string text, string written)
    {
        Assert.True(OptionScalar.TryParse(text, type, out var value, out _));
        Assert.IsType(type, value);
        Assert.Equal(written, OptionScalar.Format(value));
    }

    [Theory]
    [InlineData(typeof(bool), "yes", "true or false")]
    [InlineData(typeof(int), "1.5", "a whole number")]
    [InlineData(typeof(int), "3000000000", "a whole number")]
    [InlineData(typeof(double), "0,5", "a number")]
    [InlineData(typeof(double), "NaN", "a number")]
    [InlineData(typeof(DataType), "fp32", "one of auto, float32, bfloat16, float16")]
    [InlineData(typeof(NmPattern), "02:4", "write N:M with 1 ≤ N < M ≤ 32, such as \"2:4\"")]
    [InlineData(typeof(NmPattern), "4:2", "write N:M with 1 ≤ N < M ≤ 32, such as \"2:4\"")]
    public void TryParse_WrongText_SaysWhatIsWanted(Type type, string text, string wanted)
    {
        Assert.False(OptionScalar.TryParse(text, type, out _, out var message));
        Assert.Equal(wanted, message);
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("True", true)]
    [InlineData("TRUE", true)]
    [InlineData("false", false)]
    [InlineData("False", false)]
    [InlineData("FALSE", false)]
    public void TryParse_BooleansOfYaml_AreRead(string text, bool expected)
    {
        Assert.True(OptionScalar.TryParse(text, typeof(bool), out var value, out _));
        Assert.Equal(expected, value);
    }
}
