using LlmKick.Recipes.Yaml;

namespace LlmKick.Recipes;

/// <summary>Sees to it that names are fit for files and differ by more than case.</summary>
internal sealed class NameRegister(ProblemList problems)
{
    private readonly Dictionary<string, Place> places = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Takes a name.</summary>
    /// <param name="name">The name.</param>
    /// <param name="place">Where its entry stands.</param>
    public void Add(string name, Place place)
    {
        if (SpecName.Fault(name) is { } fault)
            problems.Add(place, fault);
        else if (!places.TryAdd(name, place))
            problems.Add(place,
                $"the name '{name}' is taken by line {places[name].Line}: give this one a 'name' of its own, beside 'use:'.");
    }
}
