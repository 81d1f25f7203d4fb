using System.Text.Json.Nodes;
using LlmKick.Commands;
using LlmKick.Options;
using LlmKick.Plugins;
using LlmKick.Runs.Plan;
using LlmKick.Sdk.Chat;
using LlmKick.Sdk.Options;
using LlmKick.Storage;

namespace LlmKick.Tests.Recipes;

/// <summary>Options that are records of options: <c>chat: plain</c> and <c>chat: { template: …, variables: { … } }</c>.</summary>
public sealed class InnerOptionTests : IDisposable
{
    private readonly TemporaryFolder plugin = new();
    private readonly PluginComponent talk;
    private readonly RecipeDesk desk;

    public InnerOptionTests()
    {
        var status = new PluginStatus("Test.Talk", "1.0", plugin.Write("talk.dll", ""), "1.0", null);
        talk = new PluginComponent(PluginKind.Task, "talk", "Talks.", OptionSetReader.Read(typeof(TalkOptions)),
            _ => new TestTask(), status);
        desk = new RecipeDesk { Catalog = new PluginCatalog(TestCatalog.Working.Plugins, [.. TestCatalog.Working.Components, talk]) };
    }

    public void Dispose()
    {
        desk.Dispose();
        plugin.Dispose();
    }

    [Theory]
    [InlineData("- talk", "auto", null, "{}")]
    [InlineData("- talk: { chat: plain }", "plain", null, """{"chat":"plain"}""")]
    [InlineData("- talk: { chat: { template: plain } }", "plain", null, """{"chat":{"template":"plain"}}""")]
    [InlineData("- talk: { chat: { variables: { a: false, b: 1.0, c: '1', d: [x, 2], e: null, f: 007 } } }", "auto",
        """{"a":false,"b":1.0,"c":"1","d":["x",2],"e":null,"f":"007"}""",
        """{"chat":{"variables":{"a":false,"b":1.0,"c":"1","d":["x",2],"e":null,"f":"007"}}}""")]
    public void Read_EachForm_IsBound(string entry, string template, string? variables, string given)
    {
        var use = desk.Tasks(entry).Tasks[0].Task;
        var chat = ((TalkOptions)use.Options).Chat;
        Assert.Equal((template, variables, given), (chat.Template, chat.Variables?.ToJsonString(), use.Given.ToJsonString()));
    }

    [Theory]
    [InlineData("- talk: { second: null }", null)]
    [InlineData("- talk: { second: plain }", "plain")]
    public void Read_RecordThatMayBeMissing_IsNullOrBound(string entry, string? template) =>
        Assert.Equal(template, ((TalkOptions)desk.Tasks(entry).Tasks[0].Task.Options).Second?.Template);

    [Fact]
    public void Read_File_IsAPathWhoseContentCounts()
    {
        var use = desk.Tasks("- talk: { chat: { template: text.txt, variables: { a: 1 } } }").Tasks[0].Task;
        var path = Path.Combine(desk.Folder, "text.txt");
        var facts = new ComponentFacts(new CachedHash(new FactCache(desk.Folder)));
        Assert.Equal(path, ((TalkOptions)use.Options).Chat.Template);
        Assert.Equal([path], ComponentFacts.Paths(use));
        Assert.Equal("""{"variables":{"a":1},"now":"2024-07-26"}""", facts.Settings(use)["options"]!["chat"]!.ToJsonString());
        Assert.Equal(["chat.template"], facts.Data(use).Select(pair => pair.Key));
    }

    [Fact]
    public void Read_Name_IsNoPath()
    {
        var use = desk.Tasks("- talk: { chat: vicuna }").Tasks[0].Task;
        Assert.Empty(ComponentFacts.Paths(use));
        Assert.Equal("vicuna", (string?)new ComponentFacts(new CachedHash(new FactCache(desk.Folder)))
            .Settings(use)["options"]!["chat"]!["template"]);
    }

    [Theory]
    [InlineData("- talk: { chat: [plain, vicuna] }", "talk-chatplain talk-chatvicuna")]
    public void Read_List_Sweeps(string entry, string names) =>
        Assert.Equal(names.Split(' '), desk.Tasks(entry).Tasks.Select(task => task.Name));

    [Theory]
    [InlineData("- talk: { chat: { templat: plain } }",
        "chat: 'templat' is not known here; did you mean 'template'? Known: template, variables, now.")]
    [InlineData("- talk: { chat: gone.jinja }", "template: 'gone.jinja' does not exist: put the file at")]
    [InlineData("- talk: { chat: { variables: fast } }", "variables: 'fast' is not a map: write { key: value }.")]
    [InlineData("- talk: { chat: { variables: { messages: [] } } }",
        "chat: variables: 'messages' is what the task itself writes: leave it out.")]
    [InlineData("- talk: { chat: { now: noon } }", "chat: now: 'noon' is no date: write one such as 2026-03-05 or 2026-03-05T14:07:09.")]
    public void Read_Wrong_SaysWhereAndWhy(string entry, string problem) =>
        Assert.Contains(problem, Assert.Single(desk.Read(RecipeDesk.WithTasks(entry)).Problems).Message, StringComparison.Ordinal);

    [Fact]
    public void Read_Override_ReachesInside() =>
        Assert.False((bool)((TalkOptions)RecipeDesk.Right(desk.Read(RecipeDesk.WithTasks("- talk: { chat: { template: plain } }"),
            "tasks.talk.chat.variables={ enable_thinking: false }")).Tasks[0].Task.Options).Chat.Variables!["enable_thinking"]!);

    [Fact]
    public void Describe_Record_NamesItsForms()
    {
        var option = talk.Options.Options[0];
        Assert.Equal(("name or file, or { template, variables, now }", "auto"), (OptionText.Values(option), OptionText.Default(option)));
        var schema = OptionSchema.Object(talk.Options, sweeps: false)["properties"]!["chat"]!;
        Assert.Equal(["object", "string"],
            schema["anyOf"]!.AsArray().Select(form => form!["type"] is JsonArray types ? (string?)types[0] : (string?)form["type"]));
        Assert.Equal("auto", (string?)schema["default"]);
    }

    private sealed record TalkOptions
    {
        [Option("How")]
        public ChatOptions Chat { get; init; } = new();

        [Option("How else")]
        public ChatOptions? Second { get; init; }
    }
}
