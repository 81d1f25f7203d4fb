using System.Globalization;
using LlmKick.Sdk.Options;

namespace LlmKick.Tests.Options;

public sealed class ShareTests
{
    [Theory]
    [InlineData("0.5 %", 0.005, "0.5 %")]
    [InlineData("0.5%", 0.005, "0.5 %")]
    [InlineData("0.005", 0.005, "0.5 %")]
    [InlineData("1e-3", 0.001, "0.1 %")]
    [InlineData("100 %", 1, "100 %")]
    [InlineData("0", 0, "0 %")]
    public void Parse_PercentsOrNumber_IsTheShare(string text, double value, string written)
    {
        var share = Share.Parse(text, CultureInfo.InvariantCulture);
        Assert.Equal((value, written), (share.Value, share.ToString()));
    }

    [Theory]
    [InlineData("101 %")]
    [InlineData("7")]
    [InlineData("-1 %")]
    [InlineData("%")]
    [InlineData("")]
    [InlineData("NaN")]
    [InlineData("1,5 %")]
    public void Parse_NoShare_SaysHowToWriteOne(string text) => Assert.Contains("0.5 %",
        Assert.Throws<FormatException>(() => Share.Parse(text, CultureInfo.InvariantCulture)).Message, StringComparison.Ordinal);
}
