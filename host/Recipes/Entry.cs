using LlmKick.Recipes.Yaml;

namespace LlmKick.Recipes;

/// <summary>A variant or task as written, short or long form.</summary>
/// <param name="Uses">The nodes that name components, in order.</param>
/// <param name="Settings">What stands beside <c>use:</c>.</param>
/// <param name="Model">The variant's own model, or null.</param>
/// <param name="Save">What the variant is saved as, or null.</param>
/// <param name="Calibration">What the variant says of its calibration data, or null.</param>
/// <param name="Place">Where it stands.</param>
internal sealed record Entry(IReadOnlyList<Node> Uses, EntrySettings Settings, Node? Model, Node? Save, Node? Calibration, Place Place)
{
    /// <summary>The name of the untouched model among variants.</summary>
    public const string Dense = "dense";

    /// <summary>Whether it has a seed, or seeds, of its own.</summary>
    public bool HasSeed => Settings.Seed is not null || Settings.Seeds.Count > 0;

    /// <summary>One seed each, with whether it is one of several.</summary>
    /// <param name="fallback">The recipe's seed.</param>
    public IEnumerable<(int Seed, bool IsOneOfSeveral)> Seeds(int fallback) =>
        Settings.Seeds.Count > 0 ? Settings.Seeds.Select(seed => (seed, true)) : [(Settings.Seed ?? fallback, false)];
}
