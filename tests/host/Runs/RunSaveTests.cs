using System.Text.Json.Nodes;
using LlmKick.Tests.Commands;

namespace LlmKick.Tests.Runs;

/// <summary><c>save:</c> and <c>export</c>.</summary>
public sealed class RunSaveTests : IDisposable
{
    private const string Rtn = "use: { rtn: { bits: 4, group_size: 32, scale_dtype: float16 } }";

    private readonly RunDesk desk = new();

    public void Dispose() => desk.Dispose();

    [Fact]
    public void Run_Save_WritesWhatPlanForetoldAndNotTwice()
    {
        Use($$"""[ { {{Rtn}}, save: [ { format: pack-quantized, path: "made/{variant}" }, { format: gguf, type: Q8_0, path: made/dense.gguf, keep_dense: true } ] } ]""");
        var planned = desk.Plan()["variants"]![0]!["saves"]!.AsArray();
        Assert.All(planned, save => Assert.False((bool)save!["done"]!));
        var result = desk.Done();
        Assert.Contains(result.ErrorLines, line => line.StartsWith("rtn-4 is saved as pack-quantized:", StringComparison.Ordinal));
        Assert.Contains(result.ErrorLines, line => line.Contains("stored as F16", StringComparison.Ordinal));
        Assert.All(planned, save => Assert.Equal(Size((string)save!["path"]!), (long)save["bytes"]!, 0.01 * (long)save["bytes"]!));
        Assert.Equal(["config.json", "model.safetensors", "tokenizer.json"],
            Directory.EnumerateFiles(desk.File("made", "rtn-4")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.All(desk.Plan()["variants"]![0]!["saves"]!.AsArray(), save => Assert.True((bool)save!["done"]!));

        var written = File.GetLastWriteTimeUtc(desk.File("made", "dense.gguf"));
        desk.Done();
        Assert.Equal(written, File.GetLastWriteTimeUtc(desk.File("made", "dense.gguf")));
        File.Delete(desk.File("made", "dense.gguf"));
        desk.Done();
        Assert.True(File.Exists(desk.File("made", "dense.gguf")));
    }

    [Fact]
    public void Run_SavedModel_IsMeasuredAsTheVariantWas()
    {
        Use($$"""[ { {{Rtn}}, save: { format: pack-quantized, type: float32, path: made } } ]""");
        desk.Done();
        Use("[ { use: dense, name: made, model: { transformers: { path: made } } } ]");
        desk.Done("again");
        Assert.Equal(
            (double)desk.Results()["variants"]![0]!["tasks"]!["perplexity"]!["metrics"]!["perplexity"]!["value"]!,
            (double)desk.Results("again")["variants"]![0]!["tasks"]!["perplexity"]!["metrics"]!["perplexity"]!["value"]!, 1e-6);
    }

    /// <summary>Linears that do not fit can be kept dense only where others are left that do, and the format knows the model.</summary>
    [Theory]
    [InlineData("{ use: { rtn: { group_size: 32, bits: 3 } }, save: { format: awq } }", "Choose another format, or change the variant.")]
    [InlineData($"{{ {Rtn}, save: {{ format: gguf, type: Q8_0 }} }}", "Choose another format, change the variant, or "
        + "keep such linears dense with 'keep_dense: true' (--keep-dense).")]
    public void Run_SaveThatDoesNotFit_ProposesWhatHelps(string variant, string advice)
    {
        Use($"[ {variant} ]");
        var result = desk.Run();
        Assert.Equal(1, result.ExitCode);
        Assert.EndsWith(advice, result.ErrorLines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Run_SaveThatDoesNotFit_IsRefusedBeforeAnythingIsCompressed()
    {
        Use("[ { use: { rtn: { bits: 4, group_size: 24 } }, save: { format: gptq-v2 } }, { use: { rtn: { group_size: 32, bits: 3 } }, "
            + "save: { format: awq } } ]");
        var result = desk.Run();
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("'rtn-4' cannot be saved as gptq-v2: ", result.Error, StringComparison.Ordinal);
        Assert.Contains("which groups of 24 do not fill", result.Error, StringComparison.Ordinal);
        Assert.Contains("'rtn-3' cannot be saved as awq: ", result.Error, StringComparison.Ordinal);
        Assert.Empty(RunUnits.Of(desk.File("out")));
        Assert.Contains("refused", Tool.Run(desk.Environment, "plan", desk.File("recipe.yaml"), "--output", desk.File("out")).Out,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Run_WrongSave_IsAProblemOfTheRecipe()
    {
        Use("[ { use: { rtn: { group_size: 32 } }, save: { format: ggfu } }, { use: { rtn: { bits: [3, 4] } }, save: { format: gguf, type: "
            + "Q4_KM, path: one.gguf } }, { use: dense, save: { type: F16 } } ]");
        var result = desk.Run();
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("save: 'ggfu' is not a format; did you mean 'gguf'?", result.Error, StringComparison.Ordinal);
        Assert.Contains("save: 'Q4_KM' is not a type of gguf; did you mean 'Q4_K_M'?", result.Error, StringComparison.Ordinal);
        Assert.Contains("one.gguf' is the path of two checkpoints: put '{variant}' in it", result.Error, StringComparison.Ordinal);
        Assert.Contains("save: 'format' is missing", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hf-dense", "out/model")]
    [InlineData("gguf", "out/model.gguf")]
    public void Run_KilledWhileSaving_LeavesNoHalfFileAndGoesOn(string format, string path)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "exit codes of killed processes differ");
        Use($$"""[ { use: { magnitude: { sparsity: 0.5 } }, save: { format: {{format}}, path: {{path}} } } ]""");
        Assert.True(desk.IsKilled("progress-save:7"));
        Assert.False(Path.Exists(desk.File(path)));
        desk.Done();
        Assert.True(Path.Exists(desk.File(path)));
        Assert.DoesNotContain(Directory.EnumerateFileSystemEntries(desk.File("out"), "*", SearchOption.AllDirectories),
            entry => entry.EndsWith(".tmp", StringComparison.Ordinal));
    }

    [Fact]
    public void Export_FinishedRun_TakesTheKeptBlocks()
    {
        Use("[ dense, magnitude: { sparsity: 0.5 } ]");
        desk.Done();
        var kept = Export("magnitude-0.5", "--format", "sparse-bitmask", "--json");
        Assert.True(kept.ExitCode == 0, kept.Error);
        Assert.Contains("magnitude-0.5 is taken from the blocks that the run kept.", kept.ErrorLines);
        Assert.Equal(Size((string)kept.Json["path"]!), (long)kept.Json["bytes"]!);
        Assert.StartsWith(desk.File("out", "checkpoints"), (string)kept.Json["path"]!, StringComparison.Ordinal);

        Directory.Delete(desk.File("out", ".llmkick", "blocks"), recursive: true);
        var again = Export("magnitude-0.5", "--format", "hf-dense", "--output", desk.File("dense"));
        Assert.Contains(again.ErrorLines, line =>
            line.StartsWith("magnitude-0.5 is compressed again from the recipe: of its 2 blocks 0 are kept", StringComparison.Ordinal));
        Assert.True(File.Exists(desk.File("dense", "model.safetensors")));

        var foreign = Export("dense", "--format", "hf-dense", "--output", desk.File("dense"));
        Assert.Equal(1, foreign.ExitCode);
        Assert.Contains("is there already, and this run did not write it", foreign.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Export_WrongWords_SaysWhatThereIs()
    {
        Use("[ dense ]");
        desk.Done("out", "--only", "dense/mmlu");
        Assert.Contains("The run has no variant 'dens'; did you mean 'dense'?", Wrong("dens", "--format", "gguf"),
            StringComparison.Ordinal);
        Assert.Contains("--format ggu: there is no such format; did you mean 'gguf'?", Wrong("dense", "--format", "ggu"),
            StringComparison.Ordinal);
        Assert.Contains("--type Q9: gguf has no such type", Wrong("dense", "--format", "gguf", "--type", "Q9"), StringComparison.Ordinal);
        Assert.Contains("does not say what its recipe is",
            Tool.Run(desk.Environment, "export", desk.File("mmlu"), "dense", "--format", "gguf").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Export_FullDisk_SaysSoAndLeavesNothing()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs ulimit");
        Use("[ dense ]");
        desk.Done("out", "--only", "dense/mmlu");
        var environment = string.Concat(desk.Environment.Select(pair => $"export {pair.Key}='{pair.Value}'; "));
        var result = Tool.Shell($"{environment}export DOTNET_EnableWriteXorExecute=0; trap '' XFSZ; ulimit -f 16; exec \"$TOOL\" export "
            + $"'{desk.File("out")}' dense --format hf-dense --output '{desk.File("small")}'");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("cannot be written", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(Directory.EnumerateFileSystemEntries(desk.File()),
            entry => Path.GetFileName(entry).StartsWith("small", StringComparison.Ordinal));
    }

    private string Wrong(params string[] arguments)
    {
        var result = Export(arguments);
        Assert.Equal(2, result.ExitCode);
        return result.Error;
    }

    private ToolResult Export(params string[] arguments) => Tool.Run(desk.Environment, ["export", desk.File("out"), .. arguments]);

    private static long Size(string path) => File.Exists(path) ? new FileInfo(path).Length
        : Directory.EnumerateFiles(path).Sum(file => new FileInfo(file).Length);

    private void Use(string variants) => desk.Write("recipe.yaml", $$"""
        name: tiny
        model: { transformers: { path: model } }
        variants: {{variants}}
        tasks:
          - perplexity: { text: text.txt, window: 16, limit: 10 }
          - mmlu: { path: mmlu, shots: 0, subjects: [anatomy] }
        """);
}
