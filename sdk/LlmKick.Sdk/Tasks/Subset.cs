using LlmKick.Sdk.Statistics;

namespace LlmKick.Sdk.Tasks;

/// <summary>Limits the number of samples.</summary>
public static class Subset
{
    /// <summary>Chooses which of the samples are kept.</summary>
    /// <param name="count">Samples there are.</param>
    /// <param name="limit">The most samples kept, or null for all.</param>
    /// <param name="take">Which are kept.</param>
    /// <param name="seed">Decides a random choice.</param>
    /// <returns>Ascending indices, each 0 … <paramref name="count"/> − 1.</returns>
    public static IReadOnlyList<int> Choose(int count, int? limit, SampleChoice take, int seed)
    {
        var kept = Math.Min(count, limit ?? count);
        var indices = Enumerable.Range(0, count).ToArray();
        if (take == SampleChoice.Random && kept < count)
            ShuffleFront(indices, kept, new SplitMix64((ulong)seed));
        Array.Sort(indices, 0, kept);
        return indices[..kept];
    }

    private static void ShuffleFront(int[] items, int kept, SplitMix64 random)
    {
        for (var i = 0; i < kept; i++)
        {
            var other = i + random.Next(items.Length - i);
            (items[i], items[other]) = (items[other], items[i]);
        }
    }
}
