namespace LlmKick.Recipes;

/// <summary>One compression setting.</summary>
/// <param name="Name">Unique in the recipe and fit for a file name.</param>
/// <param name="Stages">The compressors, in order; none for <c>dense</c>.</param>
/// <param name="Model">The model it starts from.</param>
/// <param name="Seed">Its seed.</param>
internal sealed record VariantSpec(string Name, IReadOnlyList<ComponentUse> Stages, ComponentUse Model, int Seed)
{
    /// <summary>What it is saved as for other programs.</summary>
    public IReadOnlyList<SaveSpec> Saves { get; init; } = [];
}
