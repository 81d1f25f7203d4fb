using LlmKick.Recipes;
using LlmKick.Sdk.Models;

namespace LlmKick.Runs.Plan;

/// <summary>Everything a recipe asks for, in the recipe's order.</summary>
/// <param name="Recipe">The recipe.</param>
/// <param name="Environment">What computes it.</param>
/// <param name="DataType">The data type of models that name none; never <see cref="DataType.Auto"/>.</param>
/// <param name="Variants">The variants.</param>
internal sealed record RunPlan(Recipe Recipe, RunEnvironment Environment, DataType DataType, IReadOnlyList<VariantPlan> Variants)
{
    /// <summary>A variant of the recipe's own model, which reports are about; where every variant has another, the first.</summary>
    public VariantPlan Main => Variants.FirstOrDefault(variant => variant.Spec.Model == Recipe.Model) ?? Variants[0];

    /// <summary>The variants in the order of work: untouched models first, since the others are compared with them.</summary>
    public IEnumerable<VariantPlan> InOrderOfWork => Variants.OrderBy(variant => variant.Spec.Stages.Count > 0);
}
