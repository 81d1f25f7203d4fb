using System.Text.Json.Nodes;

namespace LlmKick.Tests.Runs;

/// <summary>A model whose blocks are read when their turns come is measured as one in memory.</summary>
public sealed class RunStreamedTests : IDisposable
{
    private const string Recipe = """
        name: streamed
        model: { transformers: { path: MODEL, weights: WEIGHTS } }
        dtype: float32
        calibration: { text: calibration.txt, samples: 4, length: 32 }
        variants:
          - dense
          - { use: [wanda: { sparsity: 0.5 }, gptq: { bits: 4, group_size: 32 }], name: both, save: { format: hf-dense } }
        tasks: [perplexity: { text: text.txt, window: 16, limit: 8 }]
        """;

    private readonly List<RunDesk> desks = [];

    public void Dispose() => desks.ForEach(desk => desk.Dispose());

    [Theory]
    [InlineData("qwen3_moe")]
    [InlineData("dory")]
    public void Run_Streamed_GivesTheSameNumbersAndFiles(string model)
    {
        var (resident, streamed) = (Desk(model, "resident"), Desk(model, "streamed"));
        resident.Done();
        streamed.Done();
        Assert.Equal(Metrics(resident), Metrics(streamed));
        var saved = Path.Combine("out", "checkpoints", "both", "hf-dense", "model.safetensors");
        Assert.Equal(File.ReadAllBytes(resident.File(saved)), File.ReadAllBytes(streamed.File(saved)));
        Assert.DoesNotContain(Directory.EnumerateFiles(streamed.File("out"), "*", SearchOption.AllDirectories),
            file => file.Contains("spilled", StringComparison.Ordinal));
    }

    [Fact]
    public void Plan_Streamed_HoldsTwoBlocksAndTellsTheDisk()
    {
        var (resident, streamed) = (Memory(Desk("qwen3_moe", "resident")), Memory(Desk("qwen3_moe", "streamed")));
        Assert.True((long)streamed["weights"]! < (long)resident["weights"]!);
        Assert.True((long)streamed["disk"]! > (long)resident["disk"]!);
        Assert.Equal((long)resident["statistics"]!, (long)streamed["statistics"]!);
    }

    private static JsonNode Memory(RunDesk desk) => desk.Plan()["variants"]![1]!["memory"]!;

    private static string Metrics(RunDesk desk) => string.Join('\n', desk.Results()["variants"]!.AsArray()
        .Select(variant => variant!["tasks"]!["perplexity"]!["metrics"]!.ToJsonString()));

    private RunDesk Desk(string model, string weights)
    {
        desks.Add(new RunDesk(Recipe.Replace("MODEL", SharedData.Require($"golden/architectures/{model}"), StringComparison.Ordinal)
            .Replace("WEIGHTS", weights, StringComparison.Ordinal)));
        return desks[^1];
    }
}
