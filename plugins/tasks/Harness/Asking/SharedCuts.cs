using LlmKick.Sdk;

namespace LlmKick.Harness.Asking;

/// <summary>
/// The value that lm-eval 0.4.13 gives to continuations that read the same tokens as one asked before and are cut elsewhere: it keeps the
/// first one's outputs, and takes them for the other's from their start.
/// </summary>
internal static class SharedCuts
{
    /// <summary>Changes what is asked for such pairs.</summary>
    /// <param name="pairs">All pairs of a run in order.</param>
    /// <param name="longest">Tokens of the longest sequence.</param>
    /// <exception cref="LlmKickException">That release stops at such a pair.</exception>
    public static Dictionary<ScoredPair, ScoredPair> Find(IEnumerable<ScoredPair> pairs, int longest)
    {
        var (first, changed) = (new Dictionary<string, ScoredPair>(StringComparer.Ordinal),
            new Dictionary<ScoredPair, ScoredPair>(ReferenceEqualityComparer.Instance));
        foreach (var pair in pairs)
        {
            var key = string.Join(' ', pair.Read);
            if (!first.TryGetValue(key, out var known))
                first[key] = pair;
            else if (known.ContinuationTokens.Count != pair.ContinuationTokens.Count)
                changed[pair] = Taken(pair, known, longest);
        }
        return changed;
    }

    private static ScoredPair Taken(ScoredPair pair, ScoredPair known, int longest)
    {
        if (pair.ContinuationTokens.Count > 1)
            throw new LlmKickException(
                $"as: lm-eval 0.4.13 stops at the continuation '{pair.Continuation}', whose tokens are those of another "
                + $"cut elsewhere; leave `as` out for the right value.");
        var context = ScoredPair.Shorten(known.ContextTokens, known.ContinuationTokens, longest);
        return pair with
        {
            Asked = [.. known.ContinuationTokens.Select((_, i) =>
                ((IReadOnlyList<int>)[.. context, .. known.ContinuationTokens.Take(i)], pair.ContinuationTokens))],
        };
    }
}
