using LlmKick.Recipes.Yaml;
namespace LlmKick.Recipes;

/// <summary>A recipe cannot be used.</summary>
/// <param name="problems">Everything that is wrong with it.</param>
internal sealed class InvalidRecipeException(IReadOnlyList<RecipeProblem> problems) : Exception(string.Join(Environment.NewLine, problems))
{
    /// <summary>Everything that is wrong with the recipe.</summary>
    public IReadOnlyList<RecipeProblem> Problems { get; } = problems;
}
