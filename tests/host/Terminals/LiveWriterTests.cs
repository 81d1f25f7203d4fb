using LlmKick.Terminals;

namespace LlmKick.Tests.Terminals;

public sealed class LiveWriterTests
{
    [Fact]
    public void Write_PartsOfLines_TellsWholeLines()
    {
        var told = new List<string>();
        using var writer = new LiveWriter(told.Add);

        writer.Write("one");
        Assert.Empty(told);
        writer.Write(" line\r\nand");
        writer.WriteLine(" another");
        writer.Write("rest");
        writer.Flush();
        writer.Flush();

        Assert.Equal(["one line", "and another", "rest"], told);
    }
}
