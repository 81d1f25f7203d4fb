using System.Text.RegularExpressions;
using LlmKick.Tests.Plugins;
using LlmKick.Tests.Runs;

namespace LlmKick.Tests.Commands;

public sealed partial class RunCommandTests : IDisposable
{
    private const string Sleep = """System.IO.File.WriteAllText("MARK", ""); System.Threading.Thread.Sleep(60_000);""";

    private readonly RunDesk desk = new();

    public void Dispose() => desk.Dispose();

    [Fact]
    public void Run_Pipe_WritesTheTableToStdoutAndTheRestToStderr()
    {
        var result = desk.Done();
        Assert.StartsWith("variant ", result.Out, StringComparison.Ordinal);
        Assert.Equal(["dense", "magnitude-0.5", "wanda-0.5", "sparsegpt-2of4"],
            result.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries)[1..].Select(line => line.Split(' ')[0]));
        Assert.Equal($"Results are in '{desk.File("out")}'.", result.ErrorLines[^1]);
        Assert.DoesNotContain('\e', result.Out + result.Error);
    }

    [Fact]
    public void Run_Json_WritesOneDocumentEqualToTheFile()
    {
        var result = desk.Done("out", "--only", "dense/mmlu", "--json");
        Assert.Equal(desk.Results().ToJsonString(), result.Json.ToJsonString());
        Assert.Equal(["mmlu"], result.Json["variants"]![0]!["tasks"]!.AsObject().Select(task => task.Key));
    }

    [Theory]
    [InlineData("dense/*", "dense/mmlu dense/perplexity")]
    [InlineData("dense", "dense/mmlu dense/perplexity")]
    [InlineData("wanda-0.5/perplexity", "wanda-0.5 wanda-0.5/perplexity")]
    [InlineData("*a*/mmlu", "magnitude-0.5 magnitude-0.5/mmlu sparsegpt-2of4 sparsegpt-2of4/mmlu wanda-0.5 wanda-0.5/mmlu")]
    public void Run_Only_DoesThatAlone(string only, string units)
    {
        desk.Done("out", "--only", only);
        Assert.Equal(units.Split(' '), RunUnits.Made([], desk.File("out")));
        Assert.Equal(units.Split(' ').Select(unit => unit.Split('/')[0]).Distinct().Order(StringComparer.Ordinal),
            desk.Results()["variants"]!.AsArray().Select(variant => (string)variant!["name"]!).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("wnada-0.5/mmlu", "--only wnada-0.5/mmlu: the recipe has no variant 'wnada-0.5'; did you mean 'wanda-0.5'? It has "
        + "dense, magnitude-0.5, wanda-0.5, sparsegpt-2of4.")]
    [InlineData("dense/perplexty",
        "--only dense/perplexty: the recipe has no task 'perplexty'; did you mean 'perplexity'? It has perplexity, mmlu.")]
    [InlineData("a/b/c", "--only a/b/c: write VARIANT/TASK with one '/', such as 'wanda-0.5/*' or '*/perplexity'.")]
    public void Run_OnlyOfNothing_IsAWrongCommandLine(string only, string message)
    {
        var result = desk.Run("out", "--only", only);
        Assert.Equal((2, ""), (result.ExitCode, result.Out));
        Assert.Equal(message, Assert.Single(result.ErrorLines));
        Assert.False(Directory.Exists(desk.File("out")));
    }

    [Theory]
    [InlineData("--threads", "0")]
    [InlineData("--device", "gpu")]
    [InlineData("--set", "variants[2].wanda.sparsity=2")]
    [InlineData("--set", "nonsense")]
    public void Run_WrongOption_ExitsWith2AndTouchesNothing(params string[] option)
    {
        var result = desk.Run("out", option);
        Assert.Equal((2, ""), (result.ExitCode, result.Out));
        Assert.NotEmpty(result.ErrorLines);
        Assert.False(Directory.Exists(desk.File("out")));
    }

    [Fact]
    public void Run_CtrlC_KeepsWhatIsDoneAndSaysHowToGoOn()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs signals");
        desk.Write("text.txt", RunDesk.Words(1, 20_000));
        string[] options = ["--only", "dense/perplexity", "--set", "tasks[0].perplexity.limit=3000"];
        using var run = RunProcess.Start(desk, options);
        run.WaitFor(desk.File("out", ".llmkick", "batches", "dense", "perplexity", "00000.json"));
        run.Signal("INT");
        var result = run.Result();
        Assert.Equal((130, ""), (result.ExitCode, result.Out));
        Assert.Contains("Stopping at the next safe point. Press Ctrl-C again to stop at once.", result.ErrorLines);
        var again = string.Join(' ', desk.Arguments("out", options))
            .Replace("tasks[0].perplexity.limit=3000", "'tasks[0].perplexity.limit=3000'", StringComparison.Ordinal);
        Assert.Equal(
            [$"What was finished is kept in '{desk.File("out")}'. To go on: llmkick {again}", "Stopped."],
            result.ErrorLines[^2..]);

        var kept = Directory.GetFiles(desk.File("out", ".llmkick", "batches", "dense", "perplexity")).Length;
        Assert.InRange(kept, 1, 46);
        Assert.Equal(kept, (int)desk.Plan("out", options)["variants"]![0]!["tasks"]!["perplexity"]!["batches_done"]!);
        desk.Done("out", options);
        desk.Done("whole", options);
        RunContents.AssertEqual(desk.File("whole"), desk.File("out"));
    }

    [Fact]
    public void Run_SecondCtrlC_EndsAtOnce()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs signals");
        using var plugins = new TemporaryFolder();
        TestPlugin.Build(plugins, "Sleeper",
            TestPlugin.Source("sleeper", Sleep.Replace("MARK", desk.File("asleep"), StringComparison.Ordinal)));
        using var run = RunProcess.Start(desk, "--plugins", plugins.Path, "--set", "variants=[sleeper]");
        run.WaitFor(desk.File("asleep"));
        run.Signal("INT");
        Assert.False(run.Ends(1000));
        run.Signal("INT");
        Assert.True(run.Ends(5000));
        Assert.Equal(130, run.Result().ExitCode);
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("NO_COLOR=1", false)]
    [InlineData("TERM=dumb", false)]
    public void Run_Terminal_ShowsLiveProgressUnlessAskedNotTo(string setting, bool live)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/script"), "needs script(1)");
        var result = Tool.Shell($"export OMP_NUM_THREADS=1; env -u NO_COLOR TERM=xterm {setting} script -qec \"'$TOOL' "
            + $"{string.Join(' ', desk.Arguments("out", "--only", "dense"))}\" /dev/null");
        Assert.Equal(0, result.ExitCode);
        Assert.Equal(live, result.Out.Contains("\e[?25l", StringComparison.Ordinal));
        Assert.Equal(live, result.Out.Contains('│', StringComparison.Ordinal));
        Assert.Contains("dense · ", Escape().Replace(result.Out, ""), StringComparison.Ordinal);
    }

    [GeneratedRegex(@"\e\[[0-9;?]*[a-zA-Z]")]
    private static partial Regex Escape();
}
