using System.Text;
using System.Text.Json;

namespace LlmKick.Tests.Commands;

/// <summary><c>render</c> of template files.</summary>
public sealed class RenderCommandTests : IDisposable
{
    private const string Hello = """{"messages": [{"role": "user", "content": "é <b>"}], "n": 1.0, "add_generation_prompt": true}""";

    private readonly TemporaryFolder folder = new();

    [Fact]
    public void Render_File_WritesItsTextAndNoMore()
    {
        var file = Write("t.jinja", "{{ bos_token }}{% for m in messages %}{{ m.role }}: {{ m.content }} {{ n }}{% endfor %}{% if "
            + "add_generation_prompt %}{{ '\n>' }}{% endif %}");
        Assert.Equal((0, "<s>user: é <b> 1.0\n>", ""), Outcome(Tool.Feed(Hello, "render", file, "--special", "bos_token=<s>")));
    }

    [Fact]
    public void Render_Lines_GivesATextOrAnErrorForEach()
    {
        var file = Write("t.jinja",
            "{% if messages[0].content is none %}{% endif %}\n{{ messages[0].content + '' }}{% generation %}é{% endgeneration %}");
        var input = $"{Hello}\n{{\"messages\": [{{\"role\": \"user\", \"content\": 7}}]}}\n[]\n{{\"messages\": []}}\n";
        var result = Tool.Feed(input, "render", file, "--lines");
        Assert.Equal((1, "3 lines could not be rendered: 'error' in the output says why."),
            (result.ExitCode, Assert.Single(result.ErrorLines)));
        var lines = result.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("""{"text":"é <b>é","spans":[[5,6]]}""", lines[0]);
        Assert.Equal("""{"error":"unsupported operand type(s) for +: 'int' and 'str'","line":2,"type":"TypeError"}""", lines[1]);
        Assert.Equal("Line 3 of stdin is no JSON object", JsonDocument.Parse(lines[2]).RootElement.GetProperty("error").GetString()![..33]);
        Assert.Contains("conversation is empty", lines[3], StringComparison.Ordinal);
    }

    [Fact]
    public void Render_LinesThatAllSucceed_ExitsWithoutAFault() => Assert.Equal((0, "{\"text\":\"one\"}\n{\"text\":\"one\"}\n", ""),
        Outcome(Tool.Feed($"{Hello}\n{Hello}\n", "render", Write("t.jinja", "one"), "--lines")));

    [Fact]
    public void Render_Clock_IsTheOneThatIsGiven() =>
        Assert.Equal((0, "05 Mar 2026 14:07", ""),
            Outcome(Tool.Feed(Hello, "render", Write("t.jinja", "{{ strftime_now('%d %b %Y %H:%M') }}"), "--now", "2026-03-05T14:07:09")));

    [Fact]
    public void Render_TemplateThatIsAFile_IsRead() => Assert.Equal((0, "other", ""),
        Outcome(Tool.Feed(Hello, "render", Write("t.jinja", "one"), "--template", Write("u.jinja", "other"))));

    [Fact]
    public void Render_RequestThatIsNone_IsNotTheTemplatesFault() => Assert.Contains("The conversation cannot be rendered: ",
        Tool.Feed("{\"messages\": 5}", "render", Write("t.jinja", "one")).Error, StringComparison.Ordinal);

    [Theory]
    [InlineData("--now", "yesterday")]
    [InlineData("--special", "bos_token")]
    public void Render_WrongOption_IsExplained(string option, string value)
    {
        var result = Tool.Feed(Hello, "render", Write("t.jinja", ""), option, value);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains($"and not '{value}'.", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_Mistake_NamesItsLine()
    {
        var result = Tool.Feed(Hello, "render", Write("t.jinja", "a\n{{ nothing.at.all }}"));
        Assert.Equal((1, ""), (result.ExitCode, result.Out));
        Assert.Contains("The template fails in line 2: 'nothing' is undefined (UndefinedError).", result.Error, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();

    private static (int, string, string) Outcome(ToolResult result) => (result.ExitCode, result.Out, result.Error);

    private string Write(string name, string text)
    {
        var path = Path.Combine(folder.Path, name);
        File.WriteAllText(path, text, new UTF8Encoding(false));
        return path;
    }
}
