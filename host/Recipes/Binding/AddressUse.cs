using LlmKick.Hub;
using LlmKick.Recipes.Yaml;

namespace LlmKick.Recipes.Binding;

/// <summary>An address that a recipe names.</summary>
/// <param name="Address">The address.</param>
/// <param name="Place">Where it stands.</param>
/// <param name="Subject">What it is, to begin a sentence: the key and the text.</param>
internal sealed record AddressUse(RemoteAddress Address, Place Place, string Subject)
{
    /// <summary>What is wrong with the recipe where there is nothing at the address.</summary>
    /// <param name="sentence">Why there is nothing.</param>
    public RecipeProblem Problem(string sentence) =>
        new(Place.Source.Name, Place.Line, Place.Column, $"{Subject} cannot be had: {sentence}");
}
