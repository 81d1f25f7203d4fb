namespace LlmKick.Quickstart.Text;

/// <summary>Learns byte-pair merges (Sennrich et al., 2016) of words that are spelled in GPT-2's byte alphabet, here plain ASCII with Ġ and
/// Ċ.</summary>
internal static class BpeTrainer
{
    /// <summary>The most frequent pairs, one after another; of equally frequent ones the first in ordinal order.</summary>
    /// <param name="counts">How often each word occurs.</param>
    /// <param name="merges">The most merges that are learned.</param>
    public static IReadOnlyList<(string Left, string Right)> Learn(IReadOnlyDictionary<string, int> counts, int merges)
    {
        var words = counts.OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => (Parts: pair.Key.Select(c => c.ToString()).ToList(), Count: pair.Value)).ToList();
        var learned = new List<(string, string)>();
        while (learned.Count < merges && Pairs(words) is { Count: > 0 } pairs)
        {
            var most = pairs.Values.Max();
            var (left, right) = pairs.Where(pair => pair.Value == most).Select(pair => pair.Key)
                .OrderBy(pair => pair.Item1, StringComparer.Ordinal).ThenBy(pair => pair.Item2, StringComparer.Ordinal).First();
            learned.Add((left, right));
            foreach (var (parts, _) in words)
                Merge(parts, left, right);
        }
        return learned;
    }

    private static Dictionary<(string, string), long> Pairs(List<(List<string> Parts, int Count)> words)
    {
        var pairs = new Dictionary<(string, string), long>();
        foreach (var (parts, count) in words)
            for (var i = 1; i < parts.Count; i++)
                pairs[(parts[i - 1], parts[i])] = pairs.GetValueOrDefault((parts[i - 1], parts[i])) + count;
        return pairs;
    }

    private static void Merge(List<string> parts, string left, string right)
    {
        for (var i = 1; i < parts.Count; i++)
        {
            if (parts[i - 1] != left || parts[i] != right)
                continue;
            parts[i - 1] = left + right;
            parts.RemoveAt(i);
        }
    }
}
