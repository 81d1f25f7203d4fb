using System.Text.Json;
using LlmKick.Sdk.Templates;

namespace LlmKick.Tests.Templates;

public sealed class ChatRenderingTests
{
    private static readonly Template All = Template.Parse("{{ bos_token }}{% for m in messages %}{{ m|tojson }}{% endfor %}{{ tools }}{{ "
        + "documents }}{{ add_generation_prompt }}{{ continue_final_message is defined }}");

    [Theory]
    [InlineData("""{"messages": [{"role": "user", "content": null, "x": {"y": null}}]}""",
        """<s>{"role": "user", "x": {"y": null}}NoneNoneFalseFalse""")]
    [InlineData("""{"messages": [{"role": "a", "reasoning": "r"}], "bos_token": "<o>"}""",
        """<o>{"thinking": "r", "role": "a", "reasoning": "r", "reasoning_content": "r"}NoneNoneFalseFalse""")]
    [InlineData("""{"messages": [{"n": 1.0, "i": 1, "z": -0.0, "b": 12345678901234567890, "e": 1e2}], "tools": []}""",
        """<s>{"n": 1.0, "i": 1, "z": -0.0, "b": 12345678901234567890, "e": 100.0}[]NoneFalseFalse""")]
    public void RenderJson_Request_AsTheReferenceChangesIt(string request, string expected) =>
        Assert.Equal(expected, ChatRendering.RenderJson(All, JsonDocument.Parse(request).RootElement,
            new Dictionary<string, string> { ["bos_token"] = "<s>" }).Text);

    [Theory]
    [InlineData("content", "{{ m.content }}</s>", "old \nnew ")]
    [InlineData("content", "{{ m.content|trim }}</s>", "old \nnew")]
    [InlineData("content", "{{ m.content }}|{{ m.content|trim }}</s>", "old \nnew CONTINUE_FINAL_MESSAGE_TAG |old \nnew")]
    public void Render_Continued_EndsWithTheLastMessage(string field, string body, string expected)
    {
        var request = new Dictionary<string, object?> { ["messages"] = new[] { new Dictionary<string, object?> { [field] = "old \nnew " } },
            ["continue_final_message"] = true };
        Assert.Equal(expected, ChatRendering.Render(Template.Parse("{% for m in messages %}" + body + "{% endfor %}"), request,
            new Dictionary<string, string>()).Text);
    }

    [Theory]
    [InlineData("[]", "is a list")]
    [InlineData("{}", "no list 'messages'")]
    [InlineData("""{"messages": []}""", "conversation is empty")]
    [InlineData("""{"messages": [[]]}""", "one request each")]
    [InlineData("""{"messages": [{"content": "\ud800"}]}""", "half a surrogate pair")]
    [InlineData("""{"messages": [{"content": "a"}], "continue_final_message": true, "add_generation_prompt": true}""", "not compatible")]
    [InlineData("""{"messages": [{"role": "a"}], "continue_final_message": "role"}""", "not an accepted field")]
    public void RenderJson_WrongRequest_IsExplained(string request, string part) =>
        Assert.Contains(part, Assert.Throws<TemplateException>(() => ChatRendering.RenderJson(Template.Parse("x"),
            JsonDocument.Parse(request).RootElement, new Dictionary<string, string>())).Reason, StringComparison.Ordinal);
}
