namespace LlmKick.Sdk.Options;

/// <summary>Finds what somebody meant who mistyped a name.</summary>
public static class NearestName
{
    /// <summary>The known name with the fewest edits to the given one: a letter inserted, left out, replaced, or swapped with its
    /// neighbour; capitals are small letters.</summary>
    /// <param name="given">What was typed.</param>
    /// <param name="known">The names there are.</param>
    /// <returns>The nearest name, or null where none is within a third of the shorter one's letters (and one edit at least).</returns>
    public static string? Find(string given, IEnumerable<string> known) => known
        .Select(name => (Name: name, Edits: Edits(given.ToLowerInvariant(), name.ToLowerInvariant())))
        .Where(candidate => candidate.Edits <= Math.Max(1, Math.Min(given.Length, candidate.Name.Length) / 3))
        .OrderBy(candidate => candidate.Edits)
        .FirstOrDefault().Name;

    /// <summary>The end of a sentence about a wrong name: a question where a known one is near, a full stop elsewhere.</summary>
    /// <param name="given">What was typed.</param>
    /// <param name="known">The names there are.</param>
    public static string Question(string given, IEnumerable<string> known) =>
        Find(given, known) is { } meant ? $"; did you mean '{meant}'?" : ".";

    private static int Edits(string a, string b)
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
