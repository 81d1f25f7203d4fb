using LlmKick.Hub;

namespace LlmKick.Recipes.Binding;

/// <summary>Where the files of a recipe may be.</summary>
/// <param name="MayBeMissing">Whether a path need lead nowhere: the recipe was checked where the data are.</param>
/// <param name="Remote">Finds what was fetched, and takes down what is to be; null where addresses stay as they are written.</param>
internal sealed record FilePlaces(bool MayBeMissing = false, RemotePlaces? Remote = null)
{
    /// <summary>Where addresses stand in the recipe.</summary>
    public List<AddressUse> Addresses { get; } = [];
}
