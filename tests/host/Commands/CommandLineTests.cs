namespace LlmKick.Tests.Commands;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("validat x.yaml", "did you mean 'validate'?", "Run 'llmkick --help' to see what can be written.")]
    [InlineData("list --jsn", "did you mean '--json'?", "Run 'llmkick list --help' to see what can be written.")]
    [InlineData("validate", "Required argument 'RECIPE' missing", "Run 'llmkick validate --help' to see what can be written.")]
    [InlineData("", "Required command was not provided.", "Run 'llmkick --help' to see what can be written.")]
    [InlineData("list -v loud", "loud", "Run 'llmkick list --help' to see what can be written.")]
    public void Run_WrongLine_ExitsWith2AndHelpsOnStderr(string line, string fault, string help)
    {
        var result = Tool.Run(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal((2, ""), (result.ExitCode, result.Out));
        Assert.Contains(fault, result.Error, StringComparison.Ordinal);
        Assert.Equal(help, result.ErrorLines[^1]);
    }

    [Fact]
    public void Run_WrongLineWithJson_WritesOneDocument()
    {
        var result = Tool.Run("list", "--jsn", "--json");
        Assert.Equal(2, result.ExitCode);
        Assert.Equal("llmkick/error@1", (string)result.Json["format"]!);
        Assert.Contains("--jsn", (string)result.Json["message"]!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("--version")]
    [InlineData("validate", "--help")]
    public void Run_HelpAndVersion_GoToStdout(params string[] line)
    {
        var result = Tool.Run(line);
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.NotEmpty(result.Out.Trim());
    }

    [Fact]
    public void Run_AtFile_IsNotAResponseFile() =>
        Assert.StartsWith("@none.yaml:1:1: the recipe cannot be read", Tool.Run("validate", "@none.yaml").Error, StringComparison.Ordinal);

    [Fact]
    public void Run_PluginFolderThatIsMissing_ExitsWith2()
    {
        var result = Tool.Run("list", "--plugins", "/no/such/folder");
        Assert.Equal((2, ""), (result.ExitCode, result.Out));
        Assert.Contains("'/no/such/folder'", Assert.Single(result.ErrorLines), StringComparison.Ordinal);
    }

    [Fact]
    public void Run_ReaderThatLeaves_IsNoError() =>
        Assert.Equal(("0 0\n", ""), Both(Tool.Shell("\"$TOOL\" list --json | head -c 1 >/dev/null; echo ${PIPESTATUS[*]}")));

    [Fact]
    public void Run_FullDisk_IsOneLine()
    {
        var result = Tool.Shell("\"$TOOL\" list > /dev/full");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("The disk is full: make room, or choose another.", Assert.Single(result.ErrorLines), StringComparison.Ordinal);
    }

    private static (string Out, string Error) Both(ToolResult result) => (result.Out, result.Error);

    [Theory]
    [InlineData("RECIPE is empty: give a path or a name.", "validate", "")]
    [InlineData("RECIPE is empty: give a path or a name.", "run", "")]
    [InlineData("DIR is empty: give a path or a name.", "report", "")]
    [InlineData("B is empty: give a path or a name.", "compare", "a", "")]
    [InlineData("MODEL is empty: give a path or a name.", "inspect", "")]
    [InlineData("--output '': it is empty: give a path.", "report", "a", "-o", "")]
    [InlineData("--output '': it is empty: give a path.", "run", "a", "--output=")]
    [InlineData("--verbosity '': write quiet, normal or debug.", "run", "a", "--verbosity=")]
    [InlineData("give a whole number of 1 or more, 2147483647 at most", "run", "a", "--threads", "99999999999")]
    [InlineData("--threads 010: give a whole number of 1 or more, without zeros before it", "run", "a", "--threads", "010")]
    [InlineData("write i/n, such as 2/4", "run", "a", "--shard", "1/02")]
    public void Line_ThatSaysNothing_IsToldInOneSentence(string sentence, params string[] arguments)
    {
        var result = Tool.Run(arguments);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(sentence, result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("fault of llmkick", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("LlmKick.", result.Error, StringComparison.Ordinal);
    }
}
