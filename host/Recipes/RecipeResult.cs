using LlmKick.Recipes.Yaml;

namespace LlmKick.Recipes;

/// <summary>What came of reading a recipe: the recipe, or everything that is wrong with it.</summary>
/// <param name="Recipe">The recipe; null when there are problems.</param>
/// <param name="Problems">All problems, in the order of the file.</param>
internal sealed record RecipeResult(Recipe? Recipe, IReadOnlyList<RecipeProblem> Problems);

/// <summary>A recipe cannot be used.</summary>
/// <param name="problems">Everything that is wrong with it.</param>
internal sealed class InvalidRecipeException(IReadOnlyList<RecipeProblem> problems) : Exception(string.Join(Environment.NewLine, problems))
{
    /// <summary>Everything that is wrong with the recipe.</summary>
    public IReadOnlyList<RecipeProblem> Problems { get; } = problems;
}
