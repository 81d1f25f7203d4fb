using LlmKick.Runtime;
using LlmKick.Sdk;

namespace LlmKick.Tests.Runtime;

public sealed class DeviceNameTests
{
    [Theory]
    [InlineData(null, "cpu")]
    [InlineData("cpu", "cpu")]
    [InlineData("cuda", "cuda:0")]
    [InlineData("cuda:3", "cuda:3")]
    public void Parse_Device_IsRead(string? text, string expected) => Assert.Equal(expected, DeviceName.Parse(text).ToString());

    [Theory]
    [InlineData("")]
    [InlineData("gpu")]
    [InlineData("CPU")]
    [InlineData("cuda:")]
    [InlineData("cuda:-1")]
    [InlineData("cuda:+1")]
    [InlineData("cuda: 1")]
    [InlineData("cuda:99999999999")]
    public void Parse_SomethingElse_IsRefused(string text) =>
        Assert.Contains($"'{text}' is no device.", Assert.Throws<LlmKickException>(() => DeviceName.Parse(text)).Message,
            StringComparison.Ordinal);
}
