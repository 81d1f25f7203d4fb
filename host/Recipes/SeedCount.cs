using System.Globalization;
using LlmKick.Options;
using LlmKick.Recipes.Yaml;

namespace LlmKick.Recipes;

/// <summary>Lets <c>seeds: 3</c> stand for the seeds 0, 1 and 2.</summary>
internal static class SeedCount
{
    public const string Key = "seeds";
    // More is a slip of the keyboard: every seed is a variant, or a task, of its own.
    public const int Most = 1000;

    /// <summary>An entry with its seeds as a list.</summary>
    public static MapNode Expand(MapNode entry) => entry.Find(Key) is ScalarNode { IsQuoted: false } count && TryRead(count, out var seeds)
        ? entry with { Entries = entry.Entries.ConvertAll(pair => pair.Key.Text == Key ? new(pair.Key, Seeds(count.Place, seeds)) : pair) }
        : entry;

    private static bool TryRead(ScalarNode count, out int seeds) =>
        int.TryParse(count.Text, NumberStyles.None, CultureInfo.InvariantCulture, out seeds) && seeds is >= 1 and <= Most
            && OptionScalar.WithoutLeadingZeros(count.Text) is null;

    private static ListNode Seeds(Place place, int count) =>
        new(place, [.. Enumerable.Range(0, count)
            .Select(seed => new ScalarNode(place, seed.ToString(CultureInfo.InvariantCulture), false))]);
}
