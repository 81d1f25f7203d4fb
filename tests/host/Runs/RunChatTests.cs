using System.Text.Json.Nodes;
using LlmKick.Tests.Commands;

namespace LlmKick.Tests.Runs;

/// <summary>Tasks that hold conversations, through the tool.</summary>
public sealed class RunChatTests : IDisposable
{
    private const string Recipe = """
        name: talk
        model: { transformers: { path: model } }
        variants: [ dense ]
        tasks:
          - name: own
            use: { instruct: { path: questions.jsonl, max_new_tokens: 4 } }
          - name: file
            use: { instruct: { path: questions.jsonl, max_new_tokens: 4, chat: { template: mine.jinja, variables: { sign: "!" } } } }
          - name: thinking
            use: { instruct: { path: questions.jsonl, max_new_tokens: 4, chat: { template: thinking.jinja } } }
        """;

    private readonly RunDesk desk = new(Recipe);

    public RunChatTests()
    {
        var checkpoint = new TinyCheckpoint();
        checkpoint.Config.Remove("eos_token_id");
        checkpoint.Tokenizer["post_processor"] = JsonNode.Parse("""
            {"type": "TemplateProcessing", "single": [{"SpecialToken": {"id": "<begin>", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}}], "pair": [],
             "special_tokens": {"<begin>": {"id": "<begin>", "ids": [257], "tokens": ["<begin>"]}}}
            """);
        checkpoint.Write(desk.File("model"));
        desk.Write("model/chat_template.jinja", "{% for m in messages %}[{{ m.content }}]{% endfor %}");
        desk.Write("mine.jinja", "<begin>{% for m in messages %}({{ m.content }}{{ sign }}){% endfor %}");
        desk.Write("thinking.jinja", "{{ messages[0].content }}{{ '<think>\n' if add_generation_prompt }}");
        desk.Write("questions.jsonl", """{"question_id": 1, "category": "generic", "text": "Name a colour."}""");
    }

    public void Dispose() => desk.Dispose();

    [Fact]
    public void Run_Conversations_AreWrittenByTemplatesAndSayWhoBeganThem()
    {
        desk.Done();
        Assert.Equal("[Name a colour.]", Prompt("own"));
        Assert.Equal("<begin>(Name a colour.!)", Prompt("file"));
        var tasks = desk.Results()["variants"]![0]!["tasks"]!;
        Assert.Equal((257, "<begin>", "tokenizer"), Front(tasks["own"]!));
        Assert.Equal((257, "<begin>", "template"), Front(tasks["file"]!));
        Assert.Contains("put there by the template", File.ReadAllText(desk.File("out", "report.html")), StringComparison.Ordinal);
        Assert.Null(tasks["own"]!["metrics"]!["unfinished"]);
        Assert.Equal((1, 4, 1), (Metric(tasks, "unfinished"), Metric(tasks, "reasoning_tokens"), Metric(tasks, "empty_answer")));
    }

    /// <summary>Neither <c>plan</c> nor <c>run</c> loads weights to find out that there is no such template.</summary>
    [Fact]
    public void Run_TemplateThatTheModelLacks_IsToldBeforeAModelIsLoaded()
    {
        const string Fault = "chat: 'nosuch' is neither a template of this model, which has none, nor one of ";
        desk.Write("recipe.yaml", Recipe.Replace("thinking.jinja", "nosuch", StringComparison.Ordinal));
        var plan = Tool.Run(desk.Environment, "plan", desk.File("recipe.yaml"), "--output", desk.File("out"));
        Assert.Equal(1, plan.ExitCode);
        Assert.StartsWith($"dense/thinking: {Fault}", Assert.Single(plan.ErrorLines), StringComparison.Ordinal);

        var run = desk.Run();
        Assert.Equal(1, run.ExitCode);
        var told = Array.FindIndex(run.ErrorLines, line => line.StartsWith($"dense/thinking failed: {Fault}", StringComparison.Ordinal));
        var loaded = Array.FindIndex(run.ErrorLines, line => line.StartsWith("dense · load", StringComparison.Ordinal));
        Assert.True(told >= 0 && told < loaded, run.Error);
        Assert.Single(run.ErrorLines, line => line.Contains(Fault, StringComparison.Ordinal));
        var tasks = desk.Results()["variants"]![0]!["tasks"]!;
        Assert.StartsWith(Fault, (string)tasks["thinking"]!["error"]!, StringComparison.Ordinal);
        Assert.Null(tasks["own"]!["error"]);
    }

    private static (int, string?, string?) Front(JsonNode task) =>
        Assert.Single(task["begin_of_text"]!.AsArray()) is { } front
            ? ((int)front["id"]!, (string?)front["token"], (string?)front["by"]) : default;

    private static double Metric(JsonNode tasks, string name) => (double)tasks["thinking"]!["metrics"]![name]!["value"]!;

    private string Prompt(string task) =>
        (string)Assert.Single(desk.Lines("out", "requests", $"{task}.jsonl"))["requests"]![0]!["prompt"]!["text"]!;
}
