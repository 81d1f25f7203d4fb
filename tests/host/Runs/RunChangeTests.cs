using LlmKick.Tests.Plugins;

namespace LlmKick.Tests.Runs;

/// <summary>What a change of the recipe, of its data or of the command line makes a run do again.</summary>
public sealed class RunChangeTests(RunChangeTests.Finished finished) : IClassFixture<RunChangeTests.Finished>, IDisposable
{
    private const string Recipe = """
        name: tiny
        model: { transformers: { path: model } }
        calibration: { text: calibration.txt, samples: 4, length: 32 }
        variants:
          - dense
          - magnitude: { sparsity: 0.5 }
          - { use: { wanda: { sparsity: 0.5 } }, name: w }
        tasks:
          - perplexity: { text: text.txt, window: 16, limit: 20 }
          - mmlu: { path: mmlu, shots: 0, subjects: [anatomy] }
        """;

    private const string Everything =
        "dense/mmlu dense/perplexity magnitude-0.5 magnitude-0.5/mmlu magnitude-0.5/perplexity w w/mmlu w/perplexity";

    private readonly RunDesk desk = finished.Desk.Copy();

    public void Dispose() => desk.Dispose();

    [Theory]
    [InlineData("", "--only", "*/*")]
    [InlineData("dense/perplexity magnitude-0.5/perplexity w/perplexity", "--set", "tasks[0].perplexity.window=12")]
    [InlineData("w w/mmlu w/perplexity", "--set", "variants[2].use.wanda.sparsity=0.6")]
    // Magnitude's weights need no calibration, but its layer reports tell of the output's change on it.
    [InlineData("magnitude-0.5 w w/mmlu w/perplexity", "--set", "calibration.samples=3")]
    [InlineData(Everything, "--set", "seed=5")]
    [InlineData(Everything, "--set", "dtype=bfloat16")]
    [InlineData(Everything, "--threads", "2")]
    public void Run_ChangedOption_RedoesWhatItTouches(string units, params string[] change) => AssertRedone(units, () => { }, change);

    [Fact]
    public void Run_ChangedText_RedoesItsTask() =>
        AssertRedone("dense/perplexity magnitude-0.5/perplexity w/perplexity", () => desk.Write("text.txt", RunDesk.Words(3, 2000)));

    [Fact]
    public void Run_ChangedFileInFolder_RedoesItsTask() =>
        AssertRedone("dense/mmlu magnitude-0.5/mmlu w/mmlu",
            () => desk.Write("mmlu/test/anatomy_test.csv", "q1,1,2,3,4,B\nq9,1,2,3,4,C\n"));

    [Fact]
    public void Run_ChangedCalibrationText_RedoesWhatLooksAtIt() =>
        AssertRedone("magnitude-0.5 w w/mmlu w/perplexity", () => desk.Write("calibration.txt", RunDesk.Words(4, 600)));

    [Fact]
    public void Run_ChangedModelContent_RedoesEverything() => AssertRedone(Everything, () => TinyModel.Write(desk.File("model"), seed: 2));

    [Fact]
    public void Run_ChangedPlugin_RedoesWhatItMade()
    {
        using var plugins = new TemporaryFolder();
        string[] options = ["--plugins", plugins.Path, "--set", "variants=[dense, idle]"];
        TestPlugin.Build(plugins, "Idle", TestPlugin.Source("idle"));
        desk.Done("out", options);
        TestPlugin.Build(plugins, "Idle", TestPlugin.Source("idle", "context.Logger.ToString();"));
        Assert.Equal(["idle", "idle/mmlu", "idle/perplexity"], RunUnits.Left(desk.Plan("out", options)));
    }

    [Fact]
    public void Run_NewTask_DoesItAlone()
    {
        var before = RunUnits.Of(desk.File("out"));
        desk.Write("recipe.yaml", Recipe + "\n  - { use: { perplexity: { text: calibration.txt, window: 16 } }, name: other }");
        desk.Done();
        Assert.Equal(["dense/other", "magnitude-0.5/other", "w/other"], RunUnits.Made(before, desk.File("out")));
    }

    [Fact]
    public void Run_ChangedBackInBetween_UsesNothingStale()
    {
        desk.Done("out", "--set", "variants[2].use.wanda.sparsity=0.6", "--only", "w/mmlu");
        desk.Done();
        desk.Done("fresh");
        RunContents.AssertEqual(desk.File("fresh"), desk.File("out"));
    }

    private void AssertRedone(string units, Action change, params string[] options)
    {
        var before = RunUnits.Of(desk.File("out"));
        change();
        string[] expected = units.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(expected, RunUnits.Left(desk.Plan("out", options)));
        desk.Done("out", options);
        Assert.Equal(expected, RunUnits.Made(before, desk.File("out")));
        desk.Done("fresh", options);
        RunContents.AssertEqual(desk.File("fresh"), desk.File("out"));
    }

    /// <summary>A desk with a finished run.</summary>
    public sealed class Finished : IDisposable
    {
        public Finished() => Desk.Done();

        internal RunDesk Desk { get; } = new(Recipe);

        public void Dispose() => Desk.Dispose();
    }
}
