using LlmKick.Sdk.Models;

namespace LlmKick.Runs.Records;

/// <summary>Cuts a task's samples into batches that are computed and stored together.</summary>
/// <remarks>The cut depends on the whole task alone, never on what is left of it: how requests are grouped can change the last bits of an
/// answer.</remarks>
internal static class BatchCutter
{
    // What a kill loses at most, against a file for each batch: as many rows as one pass of choices takes.
    private const int MostSamples = 64;
    // Four full forward passes: enough that requests of like length meet, few enough that little is lost.
    private const int TokenBudget = 16_384;

    /// <summary>Ranges of samples with about the same work.</summary>
    /// <param name="requests">For each sample its first requests.</param>
    public static IReadOnlyList<Range> Cut(IReadOnlyList<IReadOnlyList<Request>> requests)
    {
        var batches = new List<Range>();
        var (start, tokens) = (0, 0L);
        IReadOnlyList<int> before = [];
        for (var i = 0; i < requests.Count; i++)
        {
            var cost = Cost(requests[i], ref before);
            if (i > start && (i - start == MostSamples || tokens + cost > TokenBudget))
            {
                batches.Add(start..i);
                (start, tokens) = (i, 0);
            }
            tokens += cost;
        }
        batches.Add(start..requests.Count);
        return batches;
    }

    /// <summary>Tokens that the requests of a batch let the model compute.</summary>
    public static long Cost(IReadOnlyList<IReadOnlyList<Request>> batch)
    {
        IReadOnlyList<int> before = [];
        return batch.Sum(requests => Cost(requests, ref before));
    }

    /// <summary>What a prompt shares with the one before it is computed once.</summary>
    private static long Cost(IReadOnlyList<Request> requests, ref IReadOnlyList<int> before)
    {
        var cost = 0L;
        foreach (var request in requests)
        {
            var opening = request.Opening.Tokens;
            cost += request.MoreTokens + opening.Count - SharedPrefix(opening, before);
            before = opening;
        }
        return cost;
    }

    private static int SharedPrefix(IReadOnlyList<int> a, IReadOnlyList<int> b)
    {
        var most = Math.Min(a.Count, b.Count);
        var shared = 0;
        while (shared < most && a[shared] == b[shared])
            shared++;
        return shared;
    }
}
