using LlmKick.Recipes.Binding;

namespace LlmKick.Recipes;

/// <summary>Calibration data of a variant.</summary>
/// <param name="Spec">What they are made of; null where there are none.</param>
/// <param name="Own">What the variant itself says of them over what the recipe says; null where it says nothing.</param>
internal sealed record CalibrationUse(CalibrationSpec? Spec, BoundOptions? Own)
{
    /// <summary>The values that tell it from others of one entry.</summary>
    public IEnumerable<OptionValue> Swept => Own?.Values.Where(value => value.IsSwept) ?? [];

    /// <summary>The data where a variant has a seed of its own: drawn by it, or, if nothing is drawn, in an order of its own.</summary>
    /// <param name="seed">The variant's seed.</param>
    /// <param name="isOwn">Whether it is not just the recipe's.</param>
    public CalibrationSpec? For(int seed, bool isOwn) => Spec is { Seed: null } spec
        ? spec with { Seed = seed, IsShuffled = isOwn && spec.Take == CalibrationTake.First }
        : Spec;
}
