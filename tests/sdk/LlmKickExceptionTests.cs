using LlmKick.Sdk;

namespace LlmKick.Tests;

public sealed class LlmKickExceptionTests
{
    [Fact]
    public void Message_ControlCharacters_AreWrittenAsEscapes() =>
        Assert.Equal("'a\\nb\\u001b[2Jc\\u0085ä' is wrong.", new LlmKickException("'a\nb\u001b[2Jc\u0085ä' is wrong.").Message);

    [Fact]
    public void Message_VeryLong_KeepsBothEnds()
    {
        var message = new LlmKickException($"'{new string('x', 1 << 20)}' is wrong.").Message;

        Assert.InRange(message.Length, 1000, 3000);
        Assert.StartsWith("'xxx", message, StringComparison.Ordinal);
        Assert.EndsWith("xxx' is wrong.", message, StringComparison.Ordinal);
    }
}
