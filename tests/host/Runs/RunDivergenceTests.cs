using System.Text.Json.Nodes;

namespace LlmKick.Tests.Runs;

/// <summary>Divergence from the dense variant, through the tool.</summary>
public sealed class RunDivergenceTests : IDisposable
{
    private const string Recipe = """
        name: divergence
        model: { transformers: { path: model } }
        variants:
          - dense
          - { use: dense, name: twin }
          - magnitude: { sparsity: [0.3, 0.6] }
        tasks:
          - divergence: { text: text.txt, window: 16, limit: 70 }
          - name: answers
            use: { divergence: { on: answers, path: prompts.jsonl, prompt: "{q}", max_new_tokens: 5 } }
        """;

    private readonly RunDesk desk = new(Recipe);

    public RunDivergenceTests() => desk.Write("prompts.jsonl", "{\"q\": \"one\"}\n{\"q\": \"two\"}\n{\"q\": \"three\"}\n");

    public void Dispose() => desk.Dispose();

    [Fact]
    public void Run_UntouchedVariants_DivergeInNothingAndOthersInMore()
    {
        desk.Done();
        foreach (var task in new[] { "divergence", "answers" })
        {
            foreach (var untouched in new[] { "dense", "twin" })
                Assert.Equal((0, 0, 1, 0), (Value(untouched, task, "kl"), Value(untouched, task, "kl.max"),
                    Value(untouched, task, "top1_agreement"), Value(untouched, task, "delta_p.rms")));
            Assert.True(Value("magnitude-0.3", task, "kl") > 0);
            Assert.True(Value("magnitude-0.6", task, "kl") > Value("magnitude-0.3", task, "kl"));
            Assert.True(Value("magnitude-0.6", task, "kl.p99") > Value("magnitude-0.6", task, "kl.p50"));
            Assert.InRange(Value("magnitude-0.6", task, "ear"), 0, Value("magnitude-0.3", task, "ear"));
        }
        Assert.Equal(["generate", "divergence"], Kinds("dense"));
        Assert.Equal(["divergence"], Kinds("magnitude-0.6"));
        Assert.Equal(73, Directory.GetFiles(desk.File("out", ".llmkick", "states"), "*", SearchOption.AllDirectories).Length);
    }

    [Fact]
    public void Run_StatesWereRemoved_TheDenseVariantIsAskedAgainForANewOne()
    {
        desk.Done("whole");
        desk.Done("out", "--set", "keep_compressed=false", "--set", "variants.magnitude.sparsity=0.3");
        Assert.False(Directory.Exists(desk.File("out", ".llmkick", "states", "dense", "divergence")));
        desk.Done("out");
        foreach (var variant in new[] { "dense", "magnitude-0.3", "magnitude-0.6" })
            Assert.Equal(desk.Lines("whole", "samples", variant, "divergence.jsonl").Select(Text),
                desk.Lines("out", "samples", variant, "divergence.jsonl").Select(Text));
    }

    [Fact]
    public void Report_Parts_AreTheWholeRun()
    {
        desk.Done("whole");
        for (var part = 1; part <= 3; part++)
            desk.Done($"part{part}", "--shard", $"{part}/3");
        var merged = Tests.Commands.Tool.Run("report", desk.File("part1"), desk.File("part2"), desk.File("part3"), "--output",
            desk.File("merged"));
        Assert.True(merged.ExitCode == 0, merged.Error);
        Assert.Equal(Metrics("whole"), Metrics("merged"));
    }

    private static string Text(JsonObject line) => line.ToJsonString();

    private string[] Kinds(string variant) => [.. desk.Lines("out", "samples", variant, "answers.jsonl")[0]["responses"]!.AsArray()
        .Select(response => (string)response!["kind"]!)];

    private string Metrics(string output) => string.Join('\n', desk.Results(output)["variants"]!.AsArray().SelectMany(variant =>
        variant!["tasks"]!.AsObject().Select(task => $"{variant["name"]} {task.Key} {task.Value!["metrics"]!.ToJsonString()}")));

    private double Value(string variant, string task, string metric) =>
        (double)desk.Results()["variants"]!.AsArray()
            .Single(one => (string)one!["name"]! == variant)!["tasks"]![task]!["metrics"]![metric]!["value"]!;
}
