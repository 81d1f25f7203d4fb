namespace LlmKick.Recipes.Yaml;

/// <summary>Finds the known name that a mistyped one meant.</summary>
internal static class Nearest
{
    /// <summary>The nearest known name, or null where none is near.</summary>
    public static string? Find(string word, IEnumerable<string> known) => known
        .Select(name => (name, distance: Distance(word.ToLowerInvariant(), name.ToLowerInvariant())))
        .Where(pair => pair.distance <= Math.Max(1, Math.Min(word.Length, pair.name.Length) / 3))
        .OrderBy(pair => pair.distance)
        .Select(pair => pair.name)
        .FirstOrDefault();

    /// <summary>The end of a sentence about a wrong name: a question where a known one is near, a full stop elsewhere.</summary>
    public static string Question(string word, IEnumerable<string> known) =>
        Find(word, known) is { } guess ? $"; did you mean '{guess}'?" : ".";

    // Edits between two words: a letter inserted, left out, replaced, or swapped with its neighbour.
    private static int Distance(string a, string b)
    {
        var edits = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
            for (var j = 0; j <= b.Length; j++)
                edits[i, j] = i == 0 || j == 0 ? i + j : Cheapest(i, j);
        return edits[a.Length, b.Length];

        int Cheapest(int i, int j)
        {
            var best = Math.Min(Math.Min(edits[i - 1, j], edits[i, j - 1]) + 1, edits[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
            var swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
            return swapped ? Math.Min(best, edits[i - 2, j - 2] + 1) : best;
        }
    }
}
