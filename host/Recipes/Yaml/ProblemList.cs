
namespace LlmKick.Recipes.Yaml;

/// <summary>Gathers everything that is wrong with a recipe.</summary>
internal sealed class ProblemList
{
    private readonly HashSet<RecipeProblem> problems = [];

    /// <summary>How many there are so far.</summary>
    public int Count => problems.Count;

    /// <summary>Adds a problem; the same problem at the same place counts once.</summary>
    public void Add(Place place, string message) => Add(new RecipeProblem(place.Source.Name, place.Line, place.Column, message));

    /// <summary>Adds a problem; the same one counts once.</summary>
    public void Add(RecipeProblem problem) => problems.Add(problem);

    /// <summary>The problems in the order of the file; those of overrides last.</summary>
    /// <param name="file">The recipe's file.</param>
    public IReadOnlyList<RecipeProblem> InOrder(string file) =>
        [.. problems.OrderBy(problem => problem.File != file).ThenBy(problem => problem.Line).ThenBy(problem => problem.Column)];
}
