using System.Text.Json.Nodes;

namespace LlmKick.Tests.Commands;

/// <summary><c>score</c> and <c>generate</c> at their edges, on a small random model with a context of 512 tokens.</summary>
public sealed class ScoreAndGenerateTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Score_Text_GivesOneLineAToken()
    {
        var result = Tool.Feed("hex", "score", Model());
        var lines = Lines(result);
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Equal([258, 120], lines.Select(line => (int)line["id"]!));
        Assert.Null(lines[0]["logprob"]);
        Assert.True((double)lines[1]["logprob"]! < 0);
    }

    [Fact]
    public void Score_OneSpecialToken_HasNothingBeforeIt() =>
        Assert.Null(Assert.Single(Lines(Tool.Feed("<end>", "score", Model())))["logprob"]);

    [Fact]
    public void Score_Nothing_SaysSo() => AssertFailed(1, "stdin is empty: there is nothing to score.", Tool.Feed("", "score", Model()));

    [Fact]
    public void Score_TextLongerThanTheContext_NamesBoth() =>
        AssertFailed(1, "A text of 513 tokens does not fit the model's context of 512.", Tool.Feed(new string('x', 513), "score", Model()));

    [Theory]
    [InlineData("model.layers.1.input_layernorm.weight", "block 1")]
    [InlineData("model.norm.weight", "the final norm")]
    [InlineData("lm_head.weight", "the head")]
    public void ScoreAndGenerate_ModelThatOverflows_NamesThePart(string tensor, string part)
    {
        var checkpoint = new TinyCheckpoint { Poison = (tensor, float.MaxValue) };
        var model = checkpoint.Write(folder.Path);
        const string text = "Of many letters some are large: !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefg";
        foreach (var result in new[] { Tool.Feed(text, "score", model),
            Tool.Run("generate", model, "--prompt", text, "--max-tokens", "40", "--ignore-end") })
        {
            Assert.Equal(1, result.ExitCode);
            Assert.StartsWith($"The model's outputs are NaN or infinite, first in {part}. ", result.Error, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("--max-tokens 0: give a whole number of 1 or more.", "--prompt", "x", "--max-tokens", "0")]
    [InlineData("--max-tokens -1: give a whole number of 1 or more.", "--prompt", "x", "--max-tokens", "-1")]
    [InlineData("--prompt '': it is empty", "--prompt", "")]
    [InlineData("--stop '': it is empty", "--prompt", "x", "--stop", "end", "--stop", "")]
    [InlineData("--threads 0: give a whole number of 1 or more, or leave it out", "--prompt", "x", "--threads", "0")]
    [InlineData("--device tpu: write cpu, cuda or cuda:n", "--prompt", "x", "--device", "tpu")]
    [InlineData("--temperature 11: give a number from 0 to 10", "--prompt", "x", "--temperature", "11")]
    [InlineData("--top-p x: give a number from 0 to 1", "--prompt", "x", "--temperature", "1", "--top-p", "x")]
    [InlineData("--top-k has no effect without --temperature", "--prompt", "x", "--top-k", "3")]
    [InlineData("--seed has no effect without --temperature", "--prompt", "x", "--temperature", "0", "--seed", "3")]
    [InlineData("'--prompt' is required", "--json")]
    public void Generate_WrongLine_ExitsWith2(string fault, params string[] options)
    {
        var result = Tool.Run(["generate", "no-model", .. options]);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(fault, result.ErrorLines[0], StringComparison.Ordinal);
        Assert.Equal("Run 'llmkick generate --help' to see what can be written.", result.ErrorLines[^1]);
    }

    [Fact]
    public void Generate_Temperature_DrawsBySeed()
    {
        var model = Model();
        string Text(params string[] options) =>
            (string)Tool.Run(["generate", model, "--prompt", "he", "--max-tokens", "20", "--json", .. options]).Json["text"]!;
        Assert.Equal(Text("--temperature", "1.5", "--seed", "3"), Text("--temperature", "1.5", "--seed", "3"));
        Assert.NotEqual(Text("--temperature", "1.5", "--seed", "3"), Text("--temperature", "1.5", "--seed", "4"));
        Assert.Equal(Text(), Text("--temperature", "1.5", "--top-k", "1"));
    }

    [Fact]
    public void Generate_PromptLongerThanTheContext_NamesBoth() =>
        AssertFailed(1, "A prompt of 513 tokens does not fit the model's context of 512.",
            Tool.Run("generate", Model(), "--prompt", new string('x', 513)));

    [Fact]
    public void Generate_PromptThatFillsTheContext_WritesNothing()
    {
        var answer = Tool.Run("generate", Model(), "--prompt", new string('x', 512), "--json").Json;
        Assert.Equal(("", "Context"), ((string)answer["text"]!, (string)answer["finish"]!));
    }

    [Fact]
    public void Generate_ReaderThatLeaves_IsNoError() =>
        Assert.Equal(("0 0\n", ""),
            Both(Tool.Shell($"\"$TOOL\" generate '{Model()}' --prompt he | head -c 1 >/dev/null; echo ${{PIPESTATUS[*]}}")));

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public void Generate_Interrupted_ExitsWith130(string signal)
    {
        var result = Tool.Shell($"""
            mkfifo '{folder.File("out")}'
            env --default-signal "$TOOL" generate '{EndlessModel()}' --prompt he --max-tokens 400000 > '{folder.File("out")}' &
            head -c 1 '{folder.File("out")}' > /dev/null
            kill -{signal} $!
            wait $!
            echo $?
            """);
        Assert.Equal("130\n", result.Out);
        Assert.EndsWith("no token ends a text, so that answers go on to their limit.", result.ErrorLines[0], StringComparison.Ordinal);
        Assert.Equal(["Stopping at the next safe point. Press Ctrl-C again to stop at once.", "Stopped."], result.ErrorLines[1..]);
    }

    private string Model() => new TinyCheckpoint().Write(folder.Path);

    // Without an end it writes until its context is full, which takes minutes.
    private string EndlessModel()
    {
        var checkpoint = new TinyCheckpoint();
        checkpoint.Config["max_position_embeddings"] = 1 << 20;
        checkpoint.Config.Remove("eos_token_id");
        return checkpoint.Write(folder.Path);
    }

    private static JsonObject[] Lines(ToolResult result) =>
        [.. result.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!.AsObject())];

    private static (string Out, string Error) Both(ToolResult result) => (result.Out, result.Error);

    private static void AssertFailed(int exitCode, string sentence, ToolResult result)
    {
        Assert.Equal((exitCode, ""), (result.ExitCode, result.Out));
        Assert.Contains(sentence, Assert.Single(result.ErrorLines), StringComparison.Ordinal);
    }
}
