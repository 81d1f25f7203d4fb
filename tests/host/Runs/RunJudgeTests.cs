namespace LlmKick.Tests.Runs;

/// <summary>Answers graded by a judge behind a server of this machine.</summary>
public sealed class RunJudgeTests : IDisposable
{
    private const string Recipe = """
        name: judged
        model: { transformers: { path: model } }
        judge: { endpoint: { url: "URL", model: m, key_variable: LLMKICK_TEST_JUDGE_KEY } }
        variants: [ dense, magnitude: { sparsity: 0.5 } ]
        tasks:
          - instruct: { path: questions.jsonl, judge_prompts: prompts.jsonl, baseline: baseline.jsonl, max_new_tokens: 8 }
          - mmlu: { path: mmlu, shots: 0, subjects: [anatomy] }
        """;

    private const string Key = "sk-very-secret";

    [Fact]
    public void Run_JudgedTask_KeepsRepliesAndPaysOnce()
    {
        using var server = new ChatServer((call, _) => ChatReply.Text(call == 0 ? "error" : "9 7"));
        using var desk = Desk(server);
        Done(desk);
        Assert.Equal(8, server.Calls.Count);
        Assert.All(server.Calls, call => Assert.Equal($"Bearer {Key}", call.Authorization));
        var replies = desk.Lines("out", "samples", "dense", "instruct.jsonl").SelectMany(line => line["judge_replies"]!.AsArray().Select(reply => (string)reply!)).ToList();
        Assert.Equal(["9 7", "9 7", "9 7", "error"], replies.Order(StringComparer.Ordinal));
        Assert.Equal(0.5, Metric(desk, "judge.unparsable"));
        Assert.DoesNotContain("judge_replies", File.ReadAllText(desk.File("out", "samples", "dense", "mmlu.jsonl")), StringComparison.Ordinal);
        Done(desk);
        Assert.Equal(8, server.Calls.Count);
        Assert.All(Directory.EnumerateFiles(desk.File("out"), "*", SearchOption.AllDirectories), file => Assert.DoesNotContain(Key, File.ReadAllText(file), StringComparison.Ordinal));
    }

    public void Dispose() => Environment.SetEnvironmentVariable("LLMKICK_TEST_JUDGE_KEY", null);

    private static double Metric(RunDesk desk, string name) =>
        (double)desk.Results()["variants"]![0]!["tasks"]!["instruct"]!["metrics"]![name]!["value"]!;

    private static RunDesk Desk(ChatServer server)
    {
        var desk = new RunDesk(Recipe.Replace("URL", server.Url, StringComparison.Ordinal));
        desk.Write("questions.jsonl", """
            {"question_id": 1, "category": "c", "text": "q1"}
            {"question_id": 2, "category": "c", "text": "q2"}
            """);
        desk.Write("prompts.jsonl", """{"system_prompt": "s", "prompt_template": "{question} {answer_1} {answer_2}", "category": "general"}""");
        desk.Write("baseline.jsonl", """
            {"question_id": 1, "text": "a1"}
            {"question_id": 2, "text": "a2"}
            """);
        return desk;
    }

    private static void Done(RunDesk desk)
    {
        Environment.SetEnvironmentVariable("LLMKICK_TEST_JUDGE_KEY", Key);
        desk.Done();
    }
}
