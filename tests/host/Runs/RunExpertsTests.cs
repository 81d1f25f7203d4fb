using System.Text.Json.Nodes;

namespace LlmKick.Tests.Runs;

/// <summary>Models with experts: those that few calibration tokens reach are named, and treated as the recipe says.</summary>
public sealed class RunExpertsTests : IDisposable
{
    private const string Recipe = """
        name: experts
        model: { transformers: { path: MODEL } }
        dtype: float32
        calibration: { text: calibration.txt, samples: 4, length: 32, experts: { below: EXPERTS } }
        variants: [dense, rtn: { bits: 4, group_size: 32 }, gptq: { bits: 4, group_size: 32 }]
        tasks: [perplexity: { text: text.txt, window: 16, limit: 8 }]
        """;

    private readonly List<RunDesk> desks = [];

    public void Dispose() => desks.ForEach(desk => desk.Dispose());

    [Fact]
    public void Run_FewTokens_ExpertsAreNamedWithThem()
    {
        var desk = Desk("100 %, then: leave");
        var text = string.Join(' ', desk.Done().Out.Split((char[])['\n', ' '], StringSplitOptions.RemoveEmptyEntries));
        var variants = desk.Results()["variants"]!.AsArray();
        Assert.All(variants, variant => Assert.True((long)variant!["tasks"]!["perplexity"]!["routing"]!["choices"]! >= 3 * 8 * 15));
        Assert.All(variants.Take(2), variant => Assert.Null(variant!["calibration_data"]?["experts"]));
        var experts = variants[2]!["calibration_data"]!["experts"]!.AsArray();
        Assert.Equal(3 * 8, experts.Count);
        Assert.All(experts.GroupBy(expert => (int)expert!["block"]!), block => Assert.Equal(2 * 4 * 32, block.Sum(Tokens)));
        Assert.All(experts, expert => Assert.Equal(("gptq", true), ((string)expert!["compressor"]!, (bool)expert["left"]!)));
        Assert.True((long)variants[2]!["coverage"]!["left"]!["calibration"]! > 0);
        Assert.Contains($"24 experts were sent too few calibration tokens for gptq and left as before: block 0: 0 ({Tokens(experts[0])} "
            + "tokens), 1 (", text, StringComparison.Ordinal);
        Assert.Contains("are experts that were sent too few calibration tokens", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_RoundedToNearest_GivesWhatRtnGives()
    {
        var layers = Layers(Desk("100 %"), "gptq-4");
        var nearest = Layers(Desk("0"), "rtn-4");
        Assert.All(layers.Zip(nearest).Where(pair => pair.First["expert"] is not null), pair => Assert.Equal(
            (double)pair.Second["relative_frobenius"]!, (double)pair.First["relative_frobenius"]!));
        Assert.All(layers.Zip(nearest).Where(pair => pair.First["expert"] is null && pair.First["left"] is null), pair => Assert.NotEqual(
            (double)pair.Second["relative_frobenius"]!, (double)pair.First["relative_frobenius"]!));
    }

    [Fact]
    public void Run_OtherTreatment_IsComputedAnew()
    {
        var desk = Desk("0.5 %");
        desk.Done();
        Assert.Equal([0, 3, 3], BlocksLeft(desk, "0.5 %, calibrate: all"));
        Assert.Equal([0, 0, 0], BlocksLeft(desk, "0.005"));
    }

    [Fact]
    public void Run_PatternThatDoesNotFit_IsRefusedBeforeAnythingIsComputed()
    {
        var desk = Desk("0.5 %", "wanda: { pattern: \"3:24\" }, rtn: { bits: 4, group_size: 48 }");
        const string Fault = "wanda-3of24: self_attn.q_proj of block 0 has 64 inputs, which are not a multiple of 24 (pattern 3:24): "
            + "choose an M that divides 64, or use sparsity: 0.88";
        const string Note = "rtn-4: self_attn.q_proj of block 0 has 64 inputs, which groups of 48 do not divide: the last group of each "
            + "row has 16";
        var variants = desk.Plan()["variants"]!.AsArray();
        Assert.StartsWith(Fault["wanda-3of24: ".Length..], (string)variants[1]!["refused"]![0]!, StringComparison.Ordinal);
        Assert.StartsWith(Note["rtn-4: ".Length..], (string)variants[2]!["notes"]![0]!, StringComparison.Ordinal);
        var (code, _, error) = desk.Run();
        Assert.Equal(1, code);
        Assert.Contains(Fault, string.Join(' ', error.Split((char[])['\n', ' '], StringSplitOptions.RemoveEmptyEntries)),
            StringComparison.Ordinal);
        Assert.False(Directory.Exists(desk.File("out", "variants", "dense")));
    }

    /// <summary>Of Hessians at once those of q, k and v, of the output, of the router, and of each expert's two inputs; of the largest and
    /// its weights three more.</summary>
    [Fact]
    public void Plan_Memory_IsThatOfWeightsStatesAndHessians()
    {
        var variants = Desk("0.5 %").Plan()["variants"]!.AsArray().Select(variant => variant!["memory"]!).ToList();
        long Bytes(int variant, string part) => (long)variants[variant][part]!;
        Assert.Equal([0, 0, 4 * 4 * 32 * 64], Enumerable.Range(0, 3).Select(variant => Bytes(variant, "hidden_states")));
        Assert.Equal([0, 0, 4 * ((2 + 8) * 64 * 64 + 128 * 128 + 8 * 32 * 32 + 3 * (128 + 64) * 128)],
            Enumerable.Range(0, 3).Select(variant => Bytes(variant, "statistics")));
        Assert.Equal(Bytes(1, "weights"), Bytes(2, "weights"));
        Assert.Equal(3 * (2 * 128 * 64 + 2 * 64 * 64 + 3 * 8 * 32 * 64), Bytes(1, "weights") - Bytes(0, "weights"));
    }

    private static long[] BlocksLeft(RunDesk desk, string experts)
    {
        desk.Write("recipe.yaml", Text(experts));
        return [.. desk.Plan()["variants"]!.AsArray().Select(variant => (long)variant!["blocks"]! - (long)variant["blocks_done"]!)];
    }

    private static string Text(string experts) =>
        Recipe.Replace("MODEL", SharedData.Require("golden/architectures/qwen3_moe")).Replace("EXPERTS", experts);

    private RunDesk Desk(string experts, string? methods = null)
    {
        var text = Text(experts);
        desks.Add(new RunDesk(methods is null ? text
            : text.Replace("rtn: { bits: 4, group_size: 32 }, gptq: { bits: 4, group_size: 32 }", methods, StringComparison.Ordinal)));
        return desks[^1];
    }

    private static JsonObject[] Layers(RunDesk desk, string variant)
    {
        desk.Done("out", "--only", variant);
        return desk.Lines("out", "layers", variant + ".jsonl");
    }

    private static long Tokens(JsonNode? expert) => (long)expert!["tokens"]!;
}
