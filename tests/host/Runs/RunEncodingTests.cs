using System.Text.Json.Nodes;
using LlmKick.Sdk.Files;
using LlmKick.Tests.Commands;

namespace LlmKick.Tests.Runs;

/// <summary>Runs with an encoding and a checkpoint format of a plugin.</summary>
public sealed class RunEncodingTests : IDisposable
{
    private readonly RunDesk desk = new();

    public RunEncodingTests() => CodebookPlugin.Build(desk.File("Contoso.Codes"));

    public void Dispose() => desk.Dispose();

    [Fact]
    public void Run_CutOffAndResumedAndSavedDense_IsOneModel()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "exit codes of killed processes differ");
        Use("[ codebook ]");
        desk.Done("whole");
        Assert.True(desk.IsKilled("block-saved:1"));
        desk.Done();
        RunContents.AssertEqual(desk.File("whole"), desk.File("out"));

        Export("codebook", "--format", "hf-dense", "--type", "float32", "--output", desk.File("made"));
        Use("[ { use: dense, name: made, model: { transformers: { path: made } } } ]");
        desk.Done("made-run");
        Assert.Equal(Perplexity(desk.Results()), Perplexity(desk.Results("made-run")));

        var size = desk.Results()["variants"]![0]!["size"]!;
        Assert.InRange((double)size["bits_per_weight"]!, 4.1, 5.5);
        Assert.Equal("none: a test", (string)size["speed"]!);
        Assert.True((long)size["on_disk"]!["codes"]! > 0);
        Assert.Null(size["on_disk"]!["gptq"]);
        Assert.Null(size["on_disk"]!["broken"]);
        Assert.Equal("codebook", (string)desk.Lines("out", "layers", "codebook.jsonl")[0]["encoding"]!["kind"]!);
    }

    [Fact]
    public void Run_StoredBlocks_AreTakenAsTheyAre()
    {
        Use("[ codebook ]");
        desk.Done();
        var kept = Export("codebook", "--format", "codes", "--output", desk.File("kept.codes"));
        Assert.Contains("codebook is taken from the blocks that the run kept.", kept.ErrorLines);
        Directory.Delete(desk.File("out", ".llmkick", "blocks"), recursive: true);
        Export("codebook", "--format", "codes", "--output", desk.File("again.codes"));
        Assert.Equal(File.ReadAllBytes(desk.File("kept.codes")), File.ReadAllBytes(desk.File("again.codes")));
    }

    [Fact]
    public void Run_SavedInAFormatOfThePlugin_HasThePartsAndTheConfiguration()
    {
        Use("""[ { use: codebook, save: { format: codes, path: "made/{variant}.codes" } } ]""");
        var planned = desk.Plan()["variants"]![0]!["saves"]![0]!;
        var result = desk.Done();
        Assert.Contains(result.ErrorLines, line => line.StartsWith("codebook is saved as codes:", StringComparison.Ordinal));
        Assert.Contains("codebook, codes: a test wrote it.", result.ErrorLines);
        Assert.Contains(result.ErrorLines, line => line.EndsWith("No size as broken is told: The format broken failed on 'model': "
            + "NotSupportedException: no", StringComparison.Ordinal));
        var path = desk.File("made", "codebook.codes");
        Assert.Equal(new FileInfo(path).Length, (long)planned["bytes"]!);
        using var file = SafetensorsFile.Open(path);
        Assert.Equal("llama", (string)JsonNode.Parse(file.Metadata["config"])!["model_type"]!);
        using var codes = file.Read("model.layers.1.mlp.down_proj.weight.codes");
        using var values = file.Read("model.layers.1.mlp.down_proj.weight.values");
        Assert.Equal((2, 16L), ((int)codes.dim(), values.numel()));
        Assert.InRange(codes.max().item<byte>(), 1, 15);
        Assert.Equal([256L, 32L], file.Entries["model.embed_tokens.weight"].Shape);
    }

    [Fact]
    public void Run_FormatsThatCannotHoldIt_SayWhichEncodingItIs()
    {
        Use("""[ { use: codebook, save: { format: gptq } }, { use: codebook, name: other, save: { format: gguf, type: Q8_0 } }, """
            + """{ use: { magnitude: { sparsity: 0.5 } }, save: { format: codes } } ]""");
        var result = desk.Run();
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("'codebook' cannot be saved as gptq: 'model.layers.0.self_attn.q_proj' and 13 more is stored as 'codebook', which "
            + "the format does not know", result.Error, StringComparison.Ordinal);
        Assert.Contains("'other' cannot be saved as gguf-Q8_0: ", result.Error, StringComparison.Ordinal);
        Assert.Contains("'magnitude-0.5' cannot be saved as codes: 'model.layers.0.self_attn.q_proj.weight' is pruned, and nobody asked",
            result.Error, StringComparison.Ordinal);
        Use("""[ { use: codebook, save: { format: code } }, { use: codebook, name: two, save: { format: codes, type: int9 } } ]""");
        var wrong = desk.Run();
        Assert.Contains("save: 'code' is not a format; did you mean 'codes'?", wrong.Error, StringComparison.Ordinal);
        Assert.Contains("save: 'int9' is not a type of codes. There are: float32, float16.", wrong.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_EncodingThatIsNotOffered_SaysWhatItsAuthorShouldDo()
    {
        Use("[ codebook ]");
        CodebookPlugin.Build(desk.File("Contoso.Codes"), registersEncoding: false);
        Assert.Contains("Weights are stored as 'codebook', which the plugin of Codes does not offer: its author should add "
            + "registry.AddEncoding<Codes>(\"codebook\", …) to IPlugin.Register.", desk.Run().Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_PartNamedAsAParameter_IsRefused()
    {
        using var biased = new RunDesk(Recipe("[ codebook: { part: bias } ]"));
        TinyModel.Write(biased.File("model"), biased: true);
        CodebookPlugin.Build(biased.File("Contoso.Codes"));
        Assert.Contains("The encoding 'codebook' has a part 'bias', but 'self_attn.q_proj.bias' is a parameter of the block",
            biased.Run().Error, StringComparison.Ordinal);
    }

    [Fact]
    public void List_PluginWithAFormat_ShowsIt()
    {
        var text = Tool.Run(desk.Environment, "list", "--plugins", desk.File("Contoso.Codes")).Out;
        Assert.Contains("Codes and values. Types: float32, float16.", text, StringComparison.Ordinal);
        Assert.Contains("16 values and which of them.", text, StringComparison.Ordinal);
        var json = Tool.Run(desk.Environment, "list", "--json", "--plugins", desk.File("Contoso.Codes")).Json;
        Assert.Equal("Contoso.Codes", (string)json["formats"]!.AsArray().Single(row => (string)row!["name"]! == "codes")!["plugin"]!);
        var schema = Tool.Run(desk.Environment, "schema", "--plugins", desk.File("Contoso.Codes")).Json;
        Assert.Contains("\"codes\"", schema["$defs"]!["variant"]!.ToJsonString(), StringComparison.Ordinal);
    }

    private static double Perplexity(JsonObject results) =>
        (double)results["variants"]![0]!["tasks"]!["perplexity"]!["metrics"]!["perplexity"]!["value"]!;

    private ToolResult Export(params string[] arguments)
    {
        var result = Tool.Run(desk.Environment, ["export", desk.File("out"), .. arguments]);
        Assert.True(result.ExitCode == 0, result.Error);
        return result;
    }

    private void Use(string variants) => desk.Write("recipe.yaml", Recipe(variants));

    private static string Recipe(string variants) => $$"""
        name: tiny
        model: { transformers: { path: model } }
        plugins: [ Contoso.Codes ]
        variants: {{variants}}
        tasks:
          - perplexity: { text: text.txt, window: 16, limit: 10 }
        """;
}
