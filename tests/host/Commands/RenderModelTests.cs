using System.Text;

namespace LlmKick.Tests.Commands;

/// <summary><c>render</c> of a model with several templates.</summary>
public sealed class RenderModelTests : IDisposable
{
    private const string Hello = """{"messages": [{"role": "user", "content": "Hello"}]}""";

    private readonly TemporaryFolder folder = new();

    [Theory]
    [InlineData("", "", "main <begin>")]
    [InlineData(", \"tools\": []", "", "tools")]
    [InlineData("", "short", "short")]
    [InlineData("", "none of them", "none of them")]
    public void Render_Model_TakesTheTemplateThatIsAskedFor(string more, string name, string text)
    {
        Directory.CreateDirectory(Path.Combine(folder.Path, "additional_chat_templates"));
        new TinyCheckpoint().Write(folder.Path);
        Write("tokenizer_config.json", """{"bos_token": {"content": "<begin>"}, "eos_token": null, "chat_template": "dropped"}""");
        Write("chat_template.jinja", "main {{ bos_token }}{{ eos_token }}\n");
        Write("additional_chat_templates/tool_use.jinja", "tools");
        Write("additional_chat_templates/short.jinja", "short");
        Assert.Equal((0, text, ""),
            Outcome(Tool.Feed(Hello[..^1] + more + "}", ["render", folder.Path, .. name.Length > 0 ? new[] { "--template", name } : []])));
    }

    public void Dispose() => folder.Dispose();

    private static (int, string, string) Outcome(ToolResult result) => (result.ExitCode, result.Out, result.Error);

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(folder.Path, name), text, new UTF8Encoding(false));
}
