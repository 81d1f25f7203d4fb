namespace LlmKick.Sdk.Options;

/// <summary>Finds what somebody meant who mistyped a name.</summary>
public static class NearestName
{
    /// <summary>The known name with the fewest edits to the given one.</summary>
    /// <param name="given">What was typed.</param>
    /// <param name="known">The names there are.</param>
    /// <returns>The nearest name, or null where none is within a third of its letters (and two edits at least).</returns>
    public static string? Find(string given, IEnumerable<string> known) => known
        .Select(name => (Name: name, Edits: Edits(given, name)))
        .Where(candidate => candidate.Edits <= Math.Max(2, given.Length / 3))
        .OrderBy(candidate => candidate.Edits)
        .FirstOrDefault().Name;

    /// <summary>Levenshtein's distance.</summary>
    private static int Edits(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0]++;
            for (var j = 1; j <= b.Length; j++)
                (diagonal, row[j]) = (row[j], Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)));
        }
        return row[b.Length];
    }
}
