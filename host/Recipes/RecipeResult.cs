using LlmKick.Hub;
using LlmKick.Recipes.Binding;
using LlmKick.Recipes.Yaml;

namespace LlmKick.Recipes;

/// <summary>What came of reading a recipe: the recipe, or everything that is wrong with it.</summary>
/// <param name="Recipe">The recipe; null when there are problems.</param>
/// <param name="Problems">All problems, in the order of the file.</param>
internal sealed record RecipeResult(Recipe? Recipe, IReadOnlyList<RecipeProblem> Problems)
{
    /// <summary>Where addresses stand in the recipe.</summary>
    public IReadOnlyList<AddressUse> Addresses { get; init; } = [];

    /// <summary>What is wrong with the recipe where there is nothing at addresses.</summary>
    /// <param name="faults">Each address with a sentence.</param>
    public IReadOnlyList<RecipeProblem> Missing(IEnumerable<(RemoteAddress Address, string Sentence)> faults)
    {
        var list = new ProblemList();
        foreach (var (address, sentence) in faults)
            foreach (var use in Addresses.Where(use => use.Address == address))
                list.Add(use.Problem(sentence));
        return list.InOrder(Addresses[0].Place.Source.Name);
    }
}

/// <summary>A recipe cannot be used.</summary>
/// <param name="problems">Everything that is wrong with it.</param>
internal sealed class InvalidRecipeException(IReadOnlyList<RecipeProblem> problems) : Exception(string.Join(Environment.NewLine, problems))
{
    /// <summary>Everything that is wrong with the recipe.</summary>
    public IReadOnlyList<RecipeProblem> Problems { get; } = problems;
}
