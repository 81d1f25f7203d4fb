namespace LlmKick.Harness.Asking;

/// <summary>Cuts a long text into windows that score each token once.</summary>
internal static class RollingWindows
{
    /// <summary>The windows: each a context and what is scored. The first begins with the prefix; of the last as much is context as
    /// fits.</summary>
    /// <param name="prefix">What stands before the text.</param>
    /// <param name="tokens">The text.</param>
    /// <param name="longest">Tokens that are read at once.</param>
    public static IEnumerable<(IReadOnlyList<int> Context, IReadOnlyList<int> Scored)> Cut(int prefix, IReadOnlyList<int> tokens,
        int longest)
    {
        int[] all = [prefix, .. tokens];
        for (var done = 0; done < tokens.Count;)
        {
            var scored = Math.Min(longest, tokens.Count - done);
            var end = done + scored;
            var start = done == 0 ? 0 : Math.Max(0, end - longest);
            yield return (all[start..(done + 1)], all[(done + 1)..(end + 1)]);
            done = end;
        }
    }
}
