using System.Text.Json.Nodes;
using LlmKick.Sdk;
using LlmKick.Sdk.Chat;
using LlmKick.Sdk.Models;
using LlmKick.Sdk.Templates;

namespace LlmKick.Tests.Chat;

public sealed class ChatWriterTests
{
    private const string Loop = "{% for m in messages %}<|im_start|>{{ m.role }}\n{{ m.content }}<|im_end|>\n{% endfor %}{% if "
        + "add_generation_prompt %}<|im_start|>assistant\n{% endif %}";
    private const string NoSystem =
        "{% if messages[0].role == 'system' %}{{ raise_exception('System role not supported') }}{% endif %}" + Loop;
    private const string DropsSystem = "{% for m in messages if m.role != 'system' %}[{{ m.content }}]{% endfor %}";
    private static readonly ChatMessage System = new("system", "S");
    private static readonly ChatMessage Question = new("user", "q1");
    private static readonly IReadOnlyList<ChatMessage> Turns = [System, Question, new("assistant", "a1"), new("user", "q2")];

    [Theory]
    [InlineData("plain", "S\n\nUser: q1\nAssistant: a1\nUser: q2\nAssistant:", "\nUser:")]
    [InlineData("vicuna", "S USER: q1 ASSISTANT: a1</s>USER: q2 ASSISTANT:", "</s>")]
    [InlineData("chatml", "<|im_start|>system\nS<|im_end|>\n<|im_start|>user\nq1<|im_end|>\n<|im_start|>assistant\na1<|im_end|>\n"
        + "<|im_start|>user\nq2<|im_end|>\n<|im_start|>assistant\n", "<|im_end|>")]
    [InlineData("llama2", "[INST] <<SYS>>\nS\n<</SYS>>\n\nq1 [/INST] a1 </s><s>[INST] q2 [/INST]", "</s>")]
    [InlineData("llama3", "<|start_header_id|>system<|end_header_id|>\n\nS<|eot_id|><|start_header_id|>user<|end_header_id|>\n\n"
        + "q1<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\na1<|eot_id|><|start_header_id|>user<|end_header_id|>\n\n"
        + "q2<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\n", "<|eot_id|>")]
    [InlineData("gemma", "<start_of_turn>user\nS\n\nq1<end_of_turn>\n<start_of_turn>model\na1<end_of_turn>\n<start_of_turn>user\n"
        + "q2<end_of_turn>\n<start_of_turn>model\n", "<end_of_turn>")]
    public void Write_NamedTemplate_AsItsMakersDo(string name, string expected, string stop)
    {
        var writer = ChatWriter.Create(new SpelledTokenizer("<s>", "</s>", "<|im_end|>", "<|eot_id|>", "<end_of_turn>"),
            new ChatOptions { Template = name });
        Assert.Equal(expected, writer.Write(Turns));
        Assert.Equal([stop], writer.Stop);
        Assert.False(writer.PutsSystemIntoQuestion);
    }

    [Fact]
    public void Names_AreThoseOfTheOption() =>
        Assert.Equal(["chatml", "gemma", "llama2", "llama3", "plain", "vicuna"], NamedTemplates.Names);

    [Theory]
    [InlineData(NoSystem, "<|im_start|>user\nS\n\nq1<|im_end|>\n<|im_start|>assistant\n")]
    [InlineData(DropsSystem, "[S\n\nq1]")]
    public void Write_SystemThatTheTemplateDoesNotTake_StandsInTheQuestion(string template, string expected)
    {
        var writer = Own(template);
        Assert.True(writer.PutsSystemIntoQuestion);
        Assert.Equal(expected, writer.Write([System, Question]));
    }

    [Fact]
    public void Write_TemplateThatTakesParts_GetsParts() =>
        Assert.Equal("<q1>", Own("{% for m in messages %}{% for part in m.content if part.type == 'text' %}<{{ part.text }}>{% endfor %}{% "
            + "endfor %}").Write([Question]));

    [Fact]
    public void Write_VariablesAndClock_AreTheRecipes()
    {
        const string Template =
            "{{ strftime_now('%d %b %Y') }} {{ bos_token }} {{ enable_thinking }} {{ level }} {{ messages[0].content }}";
        var variables = (JsonObject)JsonNode.Parse("""{ "enable_thinking": false, "level": 1.0 }""")!;
        Assert.Equal("26 Jul 2024 <s> False 1.0 q1", Own(Template, new ChatOptions { Variables = variables }).Write([Question]));
        Assert.StartsWith("05 Mar 2026 <s>", Own(Template, new ChatOptions { Now = "2026-03-05T14:07:09" }).Write([Question]),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Loop, false, 0)]
    [InlineData(Loop, true, 1)]
    [InlineData("{{ bos_token }}" + Loop, false, 1)]
    [InlineData("{{ bos_token }}" + Loop, true, 1)]
    public void Ask_BeginOfText_IsThereOnceWhereTokenizerOrTemplateWantIt(string template, bool tokenizerAdds, int expected)
    {
        var tokenizer = new SpelledTokenizer("<s>", "</s>") { PutsFirstInFront = tokenizerAdds,
            ChatTemplates = ChatTemplateSet.Of(template) };
        var prompt = ChatWriter.Create(tokenizer, new ChatOptions()).Ask(Question);
        Assert.Equal(expected, prompt.Tokens.TakeWhile(id => id == tokenizer.Encode("<s>")[0]).Count());
        Assert.Equal([Question], prompt.Messages);
    }

    [Fact]
    public void Create_Auto_TakesTheModelsOwnOrWhatItsTokensTell()
    {
        Assert.Equal("[q1]", Own(DropsSystem).Write([Question]));
        Assert.StartsWith("<|im_start|>user", ChatWriter.Create(new SpelledTokenizer("<|im_start|>"), new ChatOptions()).Write([Question]),
            StringComparison.Ordinal);
        Assert.Equal("User: q1\nAssistant:", ChatWriter.Create(new SpelledTokenizer(), new ChatOptions()).Write([Question]));
    }

    [Fact]
    public void Create_Name_TakesTheModelsOwnFirst()
    {
        var tokenizer = new SpelledTokenizer { ChatTemplates = ChatTemplateSet.Of(
            new Dictionary<string, string> { ["rag"] = "R{{ messages[0].content }}", ["plain"] = "P{{ messages[0].content }}" }) };
        Assert.Equal(["Rq1", "Pq1"],
            new[] { "rag", "plain" }.Select(name => ChatWriter.Create(tokenizer, new ChatOptions { Template = name }).Write([Question])));
        Assert.Contains("several chat templates and none is its default: say by `chat:` which to take, one of plain, rag.",
            Fault(tokenizer, new ChatOptions()), StringComparison.Ordinal);
        Assert.Contains("'zephyr' is neither a template of this model, which has plain, rag, nor one of chatml, gemma,",
            Fault(tokenizer, new ChatOptions { Template = "zephyr" }), StringComparison.Ordinal);
    }

    [Fact]
    public void Create_File_IsRead()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("mine.jinja", "Mine: {{ messages[-1].content }}\r\n");
        Assert.Equal("Mine: q1", ChatWriter.Create(new SpelledTokenizer(), new ChatOptions { Template = path }).Write([Question]));
    }

    [Theory]
    [InlineData("", "The model's chat template cannot write this conversation: It does not write the question.")]
    [InlineData("{{ raise_exception('Conversation roles must alternate') }}", "Conversation roles must alternate")]
    [InlineData("{% for m in messages %}\n{{ m.content }}", "line 2")]
    [InlineData("{{ messages[0].content }}{% do messages.append(1) %}", "unknown tag 'do'")]
    public void Create_TemplateThatFails_SaysWhyAndWhatToDo(string template, string reason)
    {
        var fault = Fault(new SpelledTokenizer { ChatTemplates = ChatTemplateSet.Of(template) }, new ChatOptions());
        Assert.Contains(reason, fault, StringComparison.Ordinal);
        Assert.EndsWith("such as `chat: plain` or `chat: { template: FILE }`.", fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("messages", "2024-07-26", "variables")]
    [InlineData("x", "yesterday", "now")]
    [InlineData("x", "2024-07-26", null)]
    public void Validate_WhatTheTaskWritesOrNoDate_IsRefused(string variable, string now, string? key) =>
        Assert.Equal(key, new ChatOptions { Variables = new JsonObject { [variable] = 1 }, Now = now }.Validate().Select(fault => fault.Key)
            .SingleOrDefault());

    private static ChatWriter Own(string template, ChatOptions? options = null) =>
        ChatWriter.Create(new SpelledTokenizer("<s>", "</s>") { ChatTemplates = ChatTemplateSet.Of(template) }, options
            ?? new ChatOptions());

    private static string Fault(ITokenizer tokenizer, ChatOptions options) =>
        Assert.Throws<LlmKickException>(() => ChatWriter.Create(tokenizer, options)).Message;
}
