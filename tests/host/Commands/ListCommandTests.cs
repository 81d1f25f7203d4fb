namespace LlmKick.Tests.Commands;

public sealed class ListCommandTests
{
    [Fact]
    public void List_Json_HasComponentsWithOptions()
    {
        var list = Tool.Run("list", "--json").Json;
        Assert.Equal("llmkick/list@1", (string)list["format"]!);
        Assert.All(list["plugins"]!.AsArray(), plugin => Assert.True((bool)plugin!["usable"]!));
        var sparsegpt = list["compressors"]!.AsArray().Single(compressor => (string)compressor!["name"]! == "sparsegpt")!;
        var sparsity = sparsegpt["options"]!.AsArray()[0]!;
        Assert.Equal(("sparsity", "number", 0.0, 0.99),
            ((string)sparsity["name"]!, (string)sparsity["type"]!, (double)sparsity["min"]!, (double)sparsity["max"]!));
    }

    [Fact]
    public void List_EveryComponent_HasHelpForItselfAndItsOptions()
    {
        var list = Tool.Run("list", "--json").Json;
        foreach (var component in list["models"]!.AsArray().Concat(list["compressors"]!.AsArray()).Concat(list["tasks"]!.AsArray()))
        {
            Assert.NotEmpty((string)component!["help"]!);
            Assert.All(component["options"]!.AsArray(), option => Assert.NotEmpty((string)option!["help"]!));
        }
    }

    [Theory]
    [InlineData("GITHUB_ACTIONS", "true")]
    [InlineData("TERM", "xterm-256color")]
    [InlineData("LC_ALL", "C")]
    public void List_Pipe_IsPlainText(string variable, string value)
    {
        var result = Tool.Run(new Dictionary<string, string> { [variable] = value }, "list");
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Contains("sparsegpt", result.Out, StringComparison.Ordinal);
        Assert.DoesNotContain(result.Out, character => character is '\u001b' or (>= '\u2500' and <= '\u257f'));
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("NO_COLOR=1", false)]
    [InlineData("TERM=dumb", false)]
    public void List_Terminal_HasBordersUnlessAskedNotTo(string setting, bool rich)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/script"), "needs script(1)");
        var result = Tool.Shell($"env -u NO_COLOR TERM=xterm {setting} script -qec \"'$TOOL' list\" /dev/null");
        Assert.Contains("sparsegpt", result.Out, StringComparison.Ordinal);
        Assert.Equal(rich, result.Out.Contains('│', StringComparison.Ordinal));
        Assert.Equal(rich, result.Out.Contains("\u001b[1m", StringComparison.Ordinal));
    }
}
