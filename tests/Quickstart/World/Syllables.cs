using LlmKick.Sdk.Statistics;

namespace LlmKick.Quickstart.World;

/// <summary>Makes up names.</summary>
internal static class Syllables
{
    private static readonly string[] Starts =
        ["B", "Br", "C", "D", "Dr", "F", "G", "Gr", "H", "K", "L", "M", "N", "P", "R", "S", "St", "T", "Tr", "V", "W", "Z"];
    private static readonly string[] Vowels = ["a", "e", "i", "o", "u", "ai", "ea", "ou"];
    private static readonly string[] Middles = ["l", "m", "n", "r", "rn", "lv", "nd", "st", "rk", "ss", "tt", "v"];

    /// <summary>Different names with an ending, none of which is in the set already.</summary>
    public static IReadOnlyList<string> Names(int count, IReadOnlyList<string> endings, SplitMix64 random, HashSet<string> taken)
    {
        var names = new List<string>();
        while (names.Count < count)
        {
            var name = Pick(Starts, random) + Pick(Vowels, random) + Pick(Middles, random) + Pick(endings, random);
            if (taken.Add(name))
                names.Add(name);
        }
        return names;
    }

    public static T Pick<T>(IReadOnlyList<T> items, SplitMix64 random) => items[random.Next(items.Count)];
}
