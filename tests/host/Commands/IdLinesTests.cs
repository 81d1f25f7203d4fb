using System.Runtime.InteropServices;
using System.Text.Json.Nodes;

namespace LlmKick.Tests.Commands;

/// <summary><c>score</c> and <c>generate</c> with lines of token ids, on a small random model with a context of 512 tokens.</summary>
public sealed class IdLinesTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Score_Lines_AnswersEachAsItsText()
    {
        var model = Model();
        var texts = Lines(Tool.Feed("<end>hexhexhe", "score", model));
        var result = Tool.Feed($"[{string.Join(',', texts.Select(token => token["id"]))}]\n[3]\n", "score", model, "--ids");
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Equal($"{{\"logprobs\":[{string.Join(',', texts.Select(token => token["logprob"]?.ToJsonString() ?? "null"))}"
            + $"]}}\n{{\"logprobs\":[null]}}\n", result.Out);
    }

    [Fact]
    public void Score_LastLogits_AreARowForEachLine()
    {
        var (model, file) = (Model(), folder.File("rows.f32"));
        var result = Tool.Feed("[3,5,9]\n[3]\n[3,5]\n", "score", model, "--ids", "--last-logits", file);
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        var rows = MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(file)).ToArray().Chunk(TinyCheckpoint.Vocabulary).ToList();
        Assert.Equal(3, rows.Count);
        var scores = Lines(result);
        AssertRow(rows[1], 5, scores[0]["logprobs"]![1]!);
        AssertRow(rows[2], 9, scores[0]["logprobs"]![2]!);
    }

    [Fact]
    public void Score_LineThatFails_LeavesNoFile()
    {
        var file = folder.File("rows.f32");
        Assert.Equal(1, Tool.Feed("[3,5]\n[]\n", "score", Model(), "--ids", "--last-logits", file).ExitCode);
        Assert.False(File.Exists(file));
    }

    [Fact]
    public void Generate_Lines_ContinuesEachAsItsText()
    {
        var model = Model();
        var alone = Tool.Run("generate", model, "--prompt", "he", "--max-tokens", "7", "--ignore-end", "--json").Json["tokens"]!
            .ToJsonString();
        var ids = Tool.Feed("he", "tokenize", model, "--json").Out.Trim();
        Assert.Equal($"{{\"tokens\":{alone}}}\n{{\"tokens\":{alone}}}\n",
            Tool.Feed($"{ids}\n{ids}", "generate", model, "--ids", "--max-tokens", "7", "--ignore-end").Out);
    }

    [Fact]
    public void Generate_IgnoreEnd_GoesOnAfterIt()
    {
        var checkpoint = new TinyCheckpoint();
        var model = checkpoint.Write(folder.Path);
        int[] Written(params string[] options) => [.. Lines(Tool.Feed("[3,5]",
            ["generate", model, "--ids", "--max-tokens", "9", .. options]))[0]["tokens"]!.AsArray().Select(id => (int)id!)];
        var all = Written("--ignore-end");
        checkpoint.Config["eos_token_id"] = all[4];
        checkpoint.Write(folder.Path);
        Assert.Equal(9, all.Length);
        Assert.Equal(all, Written("--ignore-end"));
        Assert.Equal(all[..(Array.IndexOf(all, all[4]) + 1)], Written());
    }

    [Theory]
    [InlineData("", "stdin is empty: write a JSON array of token ids a line, such as [1, 15, 42].")]
    [InlineData("[1,2]\n[]\n", "Line 2 of stdin holds no token ids: write at least one.")]
    [InlineData("[1,2]\n\n[3]", "Line 2 of stdin is no JSON array of token ids; with --ids each line is one, such as [1, 15, 42].")]
    [InlineData("hello", "Line 1 of stdin is no JSON array of token ids; with --ids each line is one, such as [1, 15, 42].")]
    [InlineData("[1,2.5]", "Line 1 of stdin is no JSON array of token ids; with --ids each line is one, such as [1, 15, 42].")]
    [InlineData("[1,99999999999]", "Line 1 of stdin is no JSON array of token ids; with --ids each line is one, such as [1, 15, 42].")]
    [InlineData("null", "Line 1 of stdin is no JSON array of token ids; with --ids each line is one, such as [1, 15, 42].")]
    [InlineData("[1,-1]", "Line 1 of stdin: -1 at place 2 is no token id of this model; they go from 0 to {0}.")]
    [InlineData("[1]\n[1,100000,7]", "Line 2 of stdin: 100000 at place 2 is no token id of this model; they go from 0 to {0}.")]
    public void Lines_Wrong_AreNamed(string input, string sentence)
    {
        sentence = string.Format(System.Globalization.CultureInfo.InvariantCulture, sentence, TinyCheckpoint.Vocabulary - 1);
        AssertFailed(sentence, Tool.Feed(input, "score", Model(), "--ids"));
    }

    [Fact]
    public void Lines_LongerThanTheContext_NameBoth()
    {
        var model = Model();
        var line = $"[{string.Join(',', Enumerable.Repeat(7, 513))}]";
        foreach (var verb in new[] { "score", "generate" })
            AssertFailed("Line 1 of stdin holds 513 token ids, more than the model's context of 512: shorten it.",
                Tool.Feed(line, verb, model, "--ids"));
    }

    [Theory]
    [InlineData("--prompt and --ids exclude each other", "--ids", "--prompt", "x")]
    [InlineData("--ids and --chat exclude each other", "--ids", "--chat")]
    [InlineData("--json has no effect with --ids", "--ids", "--json")]
    public void Generate_WrongLine_ExitsWith2(string fault, params string[] options)
    {
        var result = Tool.Run(["generate", "no-model", .. options]);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(fault, result.ErrorLines[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Score_GoldenFolder_AsTransformers()
    {
        var golden = SharedData.Require("golden/architectures/llama");
        var expected = JsonNode.Parse(File.ReadAllText(Path.Combine(golden, "golden.json")))!;
        var file = folder.File("rows.f32");
        var lines = Lines(Tool.Feed(string.Join('\n', expected["ids"]!.AsArray().Select(ids => ids!.ToJsonString())), "score", golden,
            "--ids", "--last-logits", file));
        foreach (var (row, line) in expected["token_logprobs"]!.AsArray().Zip(lines))
            AssertClose([.. row!.AsArray().Select(value => (float)value!)],
                [.. line["logprobs"]!.AsArray().Skip(1).Select(value => (float)value!)]);
        var last = MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(Path.Combine(golden, "golden-last-logits.f32"))).ToArray();
        AssertClose(last, MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(file)).ToArray()[..last.Length]);
    }

    private string Model() => new TinyCheckpoint().Write(folder.Path);

    private static void AssertRow(float[] logits, int token, JsonNode logprob) =>
        Assert.Equal((double)logprob, logits[token] - Math.Log(logits.Sum(logit => Math.Exp(logit))), 1e-4);

    private static void AssertClose(float[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 2e-3f));
    }

    private static JsonObject[] Lines(ToolResult result) =>
        [.. result.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!.AsObject())];

    private static void AssertFailed(string sentence, ToolResult result)
    {
        Assert.Equal(1, result.ExitCode);
        Assert.Equal(sentence, Assert.Single(result.ErrorLines));
    }
}
