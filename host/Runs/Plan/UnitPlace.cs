using LlmKick.Recipes;

namespace LlmKick.Runs.Plan;

/// <summary>Where a task on a variant stands in a recipe.</summary>
/// <param name="Variant">The variant's place, from 0.</param>
/// <param name="Variants">Variants in all.</param>
/// <param name="Task">The task's place, from 0.</param>
internal readonly record struct UnitPlace(int Variant, int Variants, int Task)
{
    /// <summary>The place of a task on a variant.</summary>
    public static UnitPlace Of(Recipe recipe, string variant, string task) => new(
        recipe.Variants.Index().First(one => one.Item.Name == variant).Index, recipe.Variants.Count,
        recipe.Tasks.Index().First(one => one.Item.Name == task).Index);
}
