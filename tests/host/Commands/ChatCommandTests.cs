using System.Text.Json.Nodes;

namespace LlmKick.Tests.Commands;

/// <summary><c>tokenize</c>, <c>score</c> and <c>generate</c> with <c>--chat</c>, on a small random model over bytes whose tokens 256 and
/// 257 are <c>&lt;end&gt;</c> and <c>&lt;begin&gt;</c>.</summary>
public sealed class ChatCommandTests : IDisposable
{
    private const string Chat = """{"messages": [{"role": "user", "content": "he"}], "add_generation_prompt": true}""";
    private const string Template =
        "{% for m in messages %}{{ m.role[0] }}{{ m.content }}<end>{% endfor %}{% if add_generation_prompt %}a{% endif %}";
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(Template, false, "[117,258,256,97]")]
    [InlineData(Template, true, "[257,117,258,256,97]")]
    [InlineData("<begin>" + Template, false, "[257,117,258,256,97]")]
    [InlineData("<begin>" + Template, true, "[257,117,258,256,97]")]
    public void Tokenize_BeginOfText_IsThereOnceWhereTokenizerOrTemplateWantIt(string template, bool tokenizerAdds, string ids)
    {
        var result = Tool.Feed(Chat, "tokenize", Model(template, tokenizerAdds), "--chat", "--json");
        Assert.Equal((0, ids + "\n", ""), (result.ExitCode, result.Out, result.Error));
    }

    [Fact]
    public void Tokenize_Mask_MarksGenerationBlocks()
    {
        const string Marked = "{% for m in messages %}{% if m.role == 'assistant' %}a{% generation %}{{ m.content }}<end>{% endgeneration "
            + "%}{% else %}u{{ m.content }}{% endif %}{% endfor %}";
        const string Lines = """
            {"messages": [{"role": "user", "content": "he"}, {"role": "assistant", "content": "é𝄞"}, {"role": "user", "content": "x"}]}
            {"messages": [{"role": "user", "content": "x"}]}
            """;
        var model = Model(Marked, tokenizerAdds: true);
        var result = Tool.Feed(Lines, "tokenize", model, "--chat", "--mask", "--lines", "--json");
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Equal("""
            {"ids":[257,117,258,97,195,169,240,157,132,158,256,117,120],"mask":[0,0,0,0,1,1,1,1,1,1,1,0,0]}
            {"ids":[257,117,120],"mask":[0,0,0]}

            """, result.Out);
        Assert.Equal("257:0\n117:0\n120:0\n", Tool.Feed(Lines.Split('\n')[1], "tokenize", model, "--chat", "--mask").Out);
    }

    [Fact]
    public void ScoreAndGenerate_Chat_ReadWhatTokenizeTells()
    {
        var model = Model(Template, tokenizerAdds: true);
        var scored = Tool.Feed(Chat, "score", model, "--chat").Out.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => (int)JsonNode.Parse(line)!["id"]!);
        Assert.Equal([257, 117, 258, 256, 97], scored);
        var written = Tool.Feed(Chat, "generate", model, "--chat", "--max-tokens", "5", "--ignore-end", "--json").Json;
        Assert.Equal("uhe<end>a", (string)written["prompt"]!);
        Assert.Equal($"{{\"tokens\":{written["tokens"]!.ToJsonString()}}}\n",
            Tool.Feed("[257,117,258,256,97]", "generate", model, "--ids", "--max-tokens", "5", "--ignore-end").Out);
    }

    [Theory]
    [InlineData("hello", "stdin is no JSON object such as")]
    [InlineData("[]", "stdin is no JSON object such as")]
    [InlineData("""{"messages": []}""", "The conversation is empty")]
    [InlineData("""{"messages": [{"role": "tool", "content": 1}]}""", "no tools")]
    public void Tokenize_WrongConversation_SaysWhy(string input, string fault)
    {
        var result = Tool.Feed(input, "tokenize",
            Model("{% if messages[0].role == 'tool' %}{{ raise_exception('no tools') }}{% endif %}" + Template, false), "--chat");
        Assert.Equal((1, ""), (result.ExitCode, result.Out));
        Assert.Contains(fault, Assert.Single(result.ErrorLines), StringComparison.Ordinal);
    }

    [Fact]
    public void Tokenize_ModelWithoutTemplate_SaysSo() =>
        Assert.Contains("The model has no chat template.",
            Tool.Feed(Chat, "tokenize", new TinyCheckpoint().Write(folder.Path), "--chat").Error, StringComparison.Ordinal);

    [Theory]
    [InlineData("--mask has no effect without --chat", "--mask")]
    [InlineData("--decode has no effect with --chat", "--chat", "--decode")]
    [InlineData("--special has no effect with --chat", "--chat", "--special")]
    public void Tokenize_WrongLine_ExitsWith2(string fault, params string[] options)
    {
        var result = Tool.Run(["tokenize", "no-model", .. options]);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(fault, result.ErrorLines[0], StringComparison.Ordinal);
    }

    private string Model(string template, bool tokenizerAdds)
    {
        var checkpoint = new TinyCheckpoint();
        if (tokenizerAdds)
            checkpoint.Tokenizer["post_processor"] = JsonNode.Parse("""
                {"type": "TemplateProcessing", "single": [{"SpecialToken": {"id": "<begin>", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}}], "pair": [],
                 "special_tokens": {"<begin>": {"id": "<begin>", "ids": [257], "tokens": ["<begin>"]}}}
                """);
        checkpoint.Write(folder.Path);
        folder.Write("chat_template.jinja", template);
        folder.Write("tokenizer_config.json", """{"bos_token": "<begin>", "eos_token": "<end>"}""");
        return folder.Path;
    }
}
