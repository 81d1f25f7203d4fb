using System.Text.Json.Nodes;
using LlmKick.Tests.Commands;

namespace LlmKick.Tests.Runs;

/// <summary>Tasks that need the dense variant's answers.</summary>
public sealed class RunReferenceTests : IDisposable
{
    private const string Recipe = """
        name: echo
        model: { transformers: { path: model } }
        plugins: [ Contoso.Echo ]
        variants: [ magnitude: { sparsity: 0.5 }, dense ]
        tasks: [ echo ]
        """;

    private readonly RunDesk desk = new(Recipe);

    public RunReferenceTests() => ReferencePlugin.Build(desk.File("Contoso.Echo"));

    public void Dispose() => desk.Dispose();

    [Fact]
    public void Run_DenseIsDoneFirst_AndItsStoredAnswersAreRead()
    {
        desk.Done();
        var (dense, pruned) = (Samples("dense"), Samples("magnitude-0.5"));
        Assert.Equal(["generate", "rolling"], Kinds(dense[0]));
        Assert.Equal(["rolling"], Kinds(pruned[0]));
        Assert.All(dense.Zip(pruned), pair =>
        {
            Assert.Equal(Score(pair.First, "nll"), Score(pair.First, "dense_nll"));
            Assert.Equal(Score(pair.First, "nll"), Score(pair.Second, "dense_nll"));
            Assert.True(Score(pair.Second, "nll") > Score(pair.First, "nll"),
                "A pruned model would hardly have written the dense one's answers.");
        });
    }

    [Fact]
    public void Plan_DenseChanges_WhatComparesWithItIsOpenAgain()
    {
        desk.Done();
        Assert.Equal([true, true], Done(desk.Plan()));
        Assert.Equal([false, false], Done(desk.Plan("out", "--set", "tasks.echo.tokens=5")));
    }

    [Fact]
    public void Run_OnlyACompressedVariant_NeedsStoredAnswers()
    {
        var refused = desk.Run("out", "--only", "magnitude-0.5");
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("'magnitude-0.5/echo' compares with the answers of 'dense', which are not stored yet: run with --only dense/echo "
            + "first", refused.Error, StringComparison.Ordinal);
        desk.Done("out", "--only", "dense/echo");
        desk.Done("out", "--only", "magnitude-0.5");
        Assert.Equal(3, Samples("magnitude-0.5").Length);
    }

    [Fact]
    public void Run_DenseFails_TheOthersSayWhy()
    {
        var failed = desk.Run("out", "--set", "tasks.echo.fail=true");
        Assert.Equal(1, failed.ExitCode);
        Assert.Contains("dense/echo failed: The dense variant is not wanted.", failed.Error, StringComparison.Ordinal);
        Assert.Contains("magnitude-0.5/echo failed: It compares with the answers of 'dense', and 'dense/echo' failed: see there.",
            failed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Validate_NoDenseOfTheModel_IsAnErrorWithItsLine()
    {
        desk.Write("recipe.yaml", Recipe.Replace(", dense", "", StringComparison.Ordinal));
        var wrong = Tool.Run(desk.Environment, "validate", desk.File("recipe.yaml"));
        Assert.Equal(2, wrong.ExitCode);
        Assert.Contains("recipe.yaml:5:10: 'echo' compares with the untouched model's answers, and no variant is the untouched model that "
            + "'magnitude-0.5' starts from: add '- dense' to 'variants'", wrong.Error, StringComparison.Ordinal);
    }

    private JsonObject[] Samples(string variant) => desk.Lines("out", "samples", variant, "echo.jsonl");

    private static IEnumerable<string> Kinds(JsonObject sample) => sample["responses"]!.AsArray()
        .Select(response => (string)response!["kind"]!);

    private static double Score(JsonObject sample, string name) => (double)sample["scores"]![name]!;

    private static IEnumerable<bool> Done(JsonObject plan) => plan["variants"]!.AsArray()
        .SelectMany(variant => variant!["tasks"]!.AsObject()).Select(task => (string)task.Value!["state"]! == "done");
}
