using LlmKick.Tests.Runs;

namespace LlmKick.Tests.Commands;

public sealed class RequireTests : IDisposable
{
    private readonly RunDesk desk = new();

    public void Dispose() => desk.Dispose();

    [Fact]
    public void Run_KeepsTooLittle_ExitsWithOneAndNamesTheBreach()
    {
        desk.Done();
        var metrics = desk.Results()["variants"]!.AsArray().ToDictionary(variant => (string)variant!["name"]!,
            variant => (double)variant!["tasks"]!["perplexity"]!["metrics"]!["perplexity"]!["value"]!);
        var worse = metrics.Where(one => 2 - one.Value / metrics["dense"] < 0.999).Select(one => one.Key).ToList();
        Assert.NotEmpty(worse);

        // A gate decides no result: all is done already.
        desk.Write("recipe.yaml", RunDesk.Recipe + "\nrequire: { recovery: 0.999, tasks: [perplexity] }");
        var result = desk.Run();
        Assert.Equal(1, result.ExitCode);
        Assert.Equal(worse.Select(variant => $"require: {variant}/perplexity: perplexity is "),
            result.ErrorLines.Where(line => line.StartsWith("require: ", StringComparison.Ordinal))
            .Select(line => line[..(line.IndexOf(" is ", StringComparison.Ordinal) + 4)]));
        Assert.True(File.Exists(desk.File("out", "report.html")));
        Assert.Equal("""{"recovery":0.999,"tasks":["perplexity"]}""", desk.Results()["recipe"]!["require"]!.ToJsonString());

        desk.Write("recipe.yaml", RunDesk.Recipe + "\nrequire: { recovery: 0, tasks: [perplexity] }");
        Assert.Equal(0, desk.Run().ExitCode);

        // Six questions do not show that the model is above chance: whatever is asked of mmlu cannot be judged.
        desk.Write("recipe.yaml", RunDesk.Recipe + "\nrequire: { recovery: 0 }");
        var unjudged = desk.Run();
        Assert.Equal(1, unjudged.ExitCode);
        Assert.Equal(3,
            unjudged.ErrorLines.Count(line => line.Contains("/mmlu: nothing could be judged: accuracy", StringComparison.Ordinal)));
    }
}
