using System.CommandLine;
using System.Text.Json.Nodes;
using LlmKick.Hub;
using LlmKick.Recipes;
using LlmKick.Terminals;

namespace LlmKick.Commands;

/// <summary><c>validate</c>: checks a recipe without running it.</summary>
internal sealed class ValidateCommand : Command
{
    private static readonly Option<bool> MsBuild = new("--msbuild")
    {
        Description = "Write problems as MSBuild and editors read them: file(line,column): error LLMKICK001: …",
    };

    private readonly Terminal terminal;

    public ValidateCommand(RecipeSource recipes, Terminal terminal)
        : base("validate", "Check a recipe and show everything that is wrong with it")
    {
        this.terminal = terminal;
        Arguments.Add(RecipeSource.File);
        Options.Add(CommonOptions.Set);
        Options.Add(CommonOptions.Json);
        Options.Add(MsBuild);
        SetAction((line, cancellationToken) => ReportAsync(line, recipes, cancellationToken));
    }

    private async Task<int> ReportAsync(ParseResult line, RecipeSource recipes, CancellationToken cancellationToken)
    {
        var (result, fetches) = await recipes.ReadAsync(line, [], cancellationToken);
        return Report(result, fetches, line.GetValue(CommonOptions.Json), line.GetValue(MsBuild));
    }

    private int Report(RecipeResult result, IReadOnlyList<PlannedFetch> fetches, bool json, bool msBuild)
    {
        foreach (var problem in result.Problems)
            terminal.Error.WriteLine(msBuild ? problem.ToMsBuild() : problem.ToString());
        if (json)
            terminal.WriteJson(new JsonObject
            {
                ["format"] = "llmkick/validate@1",
                ["valid"] = result.Recipe is not null,
                ["problems"] = new JsonArray([.. result.Problems.Select(problem => problem.ToJson())]),
                ["recipe"] = result.Recipe?.Resolved,
                ["fetches"] = FetchJson.Of(fetches),
            });
        else if (result.Recipe is { } recipe)
        {
            terminal.Out.WriteLine(
                $"'{recipe.Path}' is right: {Counted(recipe.Variants.Count, "variant")} × {Counted(recipe.Tasks.Count, "task")}.");
            foreach (var fetch in fetches)
                terminal.Out.WriteLine(fetch.Sentence());
        }
        return result.Recipe is null ? ExitCode.Wrong : ExitCode.Done;
    }

    private static string Counted(int count, string what) => $"{count} {what}{(count == 1 ? "" : "s")}";
}
