using System.Text.Json.Nodes;
using LlmKick.Tests.Commands;

namespace LlmKick.Tests.Runs;

/// <summary>Answers graded by a judge behind a server of this machine.</summary>
public sealed class RunJudgeTests : IDisposable
{
    private const string Recipe = """
        name: judged
        model: { transformers: { path: model } }
        judge: { endpoint: { url: "URL", model: m, key_variable: LLMKICK_TEST_JUDGE_KEY, retries: 0, input_price: 2.5, output_price: 10 } }
        variants: [ dense, magnitude: { sparsity: 0.5 } ]
        tasks:
          - instruct: { path: questions.jsonl, judge_prompts: prompts.jsonl, baseline: baseline.jsonl, max_new_tokens: 8 }
          - mmlu: { path: mmlu, shots: 0, subjects: [anatomy] }
        """;

    private const string Key = "sk-very-secret";

    [Fact]
    public void Run_JudgedTask_KeepsRepliesAndPaysOnce()
    {
        using var server = new ChatServer((call, _) => ChatReply.Text(call == 0 ? "error" : "9 7", usage: (1000, 20)));
        using var desk = Desk(server);
        var done = Done(desk, "--verbosity", "debug");
        Assert.Equal(8, server.Calls.Count);
        Assert.All(server.Calls, call => Assert.Equal($"Bearer {Key}", call.Authorization));
        Assert.Equal(["9 7", "9 7", "9 7", "error"], Replies(desk, "dense").Order(StringComparer.Ordinal));
        Assert.Equal(0.5, Metric(desk, "judge.unparsable"));
        Assert.Equal("""{"replies":4,"unreadable":1,"input_tokens":4000,"output_tokens":80,"cost":0.0108}""",
            Task(desk, 0)["judge"]!.ToJsonString());
        Assert.Contains("instruct: The judge wrote 8 replies, 1 of them without a verdict (counted, not averaged); 8,000 tokens read, 160 "
            + "written, 0.0216 in all.", string.Join(' ', done.Out.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)),
            StringComparison.Ordinal);
        Assert.Contains("The judge wrote 8 replies, 1 of them without a verdict", File.ReadAllText(desk.File("out", "report.html")),
            StringComparison.Ordinal);
        Assert.DoesNotContain("judge_replies", File.ReadAllText(desk.File("out", "samples", "dense", "mmlu.jsonl")),
            StringComparison.Ordinal);
        var again = Done(desk, "--set", "judge.endpoint.concurrency=1");
        Assert.Equal(8, server.Calls.Count);
        Assert.All(Directory.EnumerateFiles(desk.File("out"), "*", SearchOption.AllDirectories),
            file => Assert.DoesNotContain(Key, File.ReadAllText(file), StringComparison.Ordinal));
        Assert.DoesNotContain(Key, done.Out + done.Error + again.Out + again.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_KilledAmongReplies_AsksOnlyForTheOthers()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "exit codes of killed processes differ");
        using var server = new ChatServer((call, _) => ChatReply.Text($"{call} 7"));
        using var desk = Desk(server);
        Environment.SetEnvironmentVariable("LLMKICK_TEST_JUDGE_KEY", Key);
        Assert.True(desk.IsKilled("reply:3"), "It was not killed at the third reply.");
        var kept = Kept(desk);
        var before = server.Calls.Count;
        File.AppendAllText(desk.File("out", ".llmkick", "judge", "dense", "instruct.jsonl"), "{\"key\":\"half a li");
        Done(desk);
        // Replies come at once: another may be kept before the third kills the process.
        Assert.InRange(kept.Count, 3, 4);
        Assert.Equal(8 - kept.Count, server.Calls.Count - before);
        Assert.Empty(kept.Except(Replies(desk, "dense")));
    }

    [Fact]
    public void Run_ServerFails_IsToldAndGoesOnFromThere()
    {
        var isUp = false;
        using var server = new ChatServer((call, _) => call is 1 or 2 || isUp ? ChatReply.Text("9 7")
            : ChatReply.Error(400, $"no credit for {Key}"));
        using var desk = Desk(server);
        Environment.SetEnvironmentVariable("LLMKICK_TEST_JUDGE_KEY", Key);
        var failed = desk.Run("out", "--set", "judge.endpoint.concurrency=1", "--only", "dense/instruct");
        Assert.Equal(1, failed.ExitCode);
        Assert.Contains("dense/instruct failed: endpoint:", failed.Error, StringComparison.Ordinal);
        Assert.Contains("no credit for ***", failed.Error, StringComparison.Ordinal);
        isUp = true;
        Done(desk, "--only", "dense/instruct");
        Assert.Equal(4, Replies(desk, "dense").Count);
    }

    [Fact]
    public void Run_LocalJudge_GradesBesideTheDenseVariant()
    {
        using var server = new ChatServer((_, _) => ChatReply.Error(500, "nobody asks"));
        using var desk = Desk(server);
        desk.Write("recipe.yaml", """
            name: judged-here
            model: { transformers: { path: model } }
            judge: { transformers: { path: model } }
            variants: [ dense, magnitude: { sparsity: 0.5 } ]
            tasks:
              - instruct: { path: questions.jsonl, judge_prompts: prompts.jsonl, baseline: dense, noise_floor: true, judge_tokens: 6, max_new_tokens: 4 }
            """);
        var done = desk.Done();
        Assert.Empty(server.Calls);
        Assert.All(new[] { "dense", "magnitude-0.5" }, variant => Assert.Equal(4, Replies(desk, variant).Count));
        foreach (var variant in new[] { 0, 1 })
        {
            Assert.Equal(1, (double)Task(desk, variant)["metrics"]!["judge.unparsable"]!["value"]!);
            Assert.Equal((4, 4), ((int)Task(desk, variant)["judge"]!["replies"]!, (int)Task(desk, variant)["judge"]!["unreadable"]!));
            Assert.True((long)Task(desk, variant)["judge"]!["input_tokens"]! > 100, "A local judge's tokens are counted too.");
        }
        Assert.Equal(0.5, (double)Task(desk, 0)["metrics"]!["judge.win_rate"]!["value"]!);
        Assert.Null(Task(desk, 1)["metrics"]!["judge.win_rate"]);
        Assert.Contains("8 of them without a verdict",
            string.Join(' ', done.Out.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [Fact]
    public void Run_VerdictsAgainstDense_StandBesideAnEvenDense()
    {
        using var server = new ChatServer((_, _) => ChatReply.Text("So: [[A]]"));
        using var desk = Desk(server);
        desk.Write("prompts.jsonl",
            """{"name": "pair-v2", "system_prompt": "s", "prompt_template": "{question} {answer_a} {answer_b}", "category": "general"}""");
        var done = Done(desk, "--set", "tasks.instruct.baseline=dense", "--set", "tasks.instruct.noise_floor=true", "--only", "*/instruct");
        Assert.Contains("Its noise floor is 1.00 [1.00, 1.00]: share of the judge's replies that call one of two identical answers better",
            string.Join(' ', done.Out.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        Assert.Equal(8, server.Calls.Count);
        Assert.Equal((0.5, 1), (Metric(desk, "judge.win_rate"), Metric(desk, "judge.noise_floor")));
        var pruned = Task(desk, 1)["metrics"]!;
        Assert.Equal((0.5, 0), ((double)pruned["judge.win_rate"]!["value"]!, (double)pruned["judge.position_consistency"]!["value"]!));
        Assert.Null(pruned["judge.noise_floor"]);
    }

    public void Dispose() => Environment.SetEnvironmentVariable("LLMKICK_TEST_JUDGE_KEY", null);

    private static JsonNode Task(RunDesk desk, int variant) => desk.Results()["variants"]![variant]!["tasks"]!["instruct"]!;

    private static double Metric(RunDesk desk, string name) => (double)Task(desk, 0)["metrics"]![name]!["value"]!;

    private static List<string> Replies(RunDesk desk, string variant) =>
        [.. desk.Lines("out", "samples", variant, "instruct.jsonl").SelectMany(line => line["judge_replies"]!.AsArray())
            .Select(reply => (string)reply!["text"]!)];

    private static List<string> Kept(RunDesk desk) =>
        [.. desk.Lines("out", ".llmkick", "judge", "dense", "instruct.jsonl").Select(line => (string)line["reply"]!["text"]!)];

    private static RunDesk Desk(ChatServer server)
    {
        var desk = new RunDesk(Recipe.Replace("URL", server.Url, StringComparison.Ordinal));
        desk.Write("questions.jsonl", """
            {"question_id": 1, "category": "c", "text": "q1"}
            {"question_id": 2, "category": "c", "text": "q2"}
            """);
        desk.Write("prompts.jsonl",
            """{"system_prompt": "s", "prompt_template": "{question} {answer_1} {answer_2}", "category": "general"}""");
        desk.Write("baseline.jsonl", """
            {"question_id": 1, "text": "a1"}
            {"question_id": 2, "text": "a2"}
            """);
        return desk;
    }

    private static ToolResult Done(RunDesk desk, params string[] more)
    {
        Environment.SetEnvironmentVariable("LLMKICK_TEST_JUDGE_KEY", Key);
        return desk.Done("out", more);
    }
}
