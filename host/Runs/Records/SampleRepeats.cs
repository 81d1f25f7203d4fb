using System.Security.Cryptography;
using System.Text.Json;
using LlmKick.Sdk.Models;
using LlmKick.Sdk.Tasks;
using LlmKick.Storage;

namespace LlmKick.Runs.Records;

/// <summary>Finds samples that ask the same: the same answer comes again, and says nothing new. Intervals draw them together.</summary>
internal static class SampleRepeats
{
    /// <summary>For each sample the cluster of those that ask the same, or null where it is the only one.</summary>
    /// <param name="samples">The samples.</param>
    /// <param name="requests">For each its first requests; where there are none, nothing is known of what it asks.</param>
    public static IReadOnlyList<string?> Find(IReadOnlyList<Sample> samples, IReadOnlyList<IReadOnlyList<Request>> requests)
    {
        var keys = requests.Select(KeyOf).ToList();
        var first = new Dictionary<string, int>(StringComparer.Ordinal);
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (i, key) in keys.Index())
            if (key is not null && !first.TryAdd(key, i))
                counts[key] = counts.GetValueOrDefault(key, 1) + 1;
        return [.. keys.Select(key => key is not null && counts.ContainsKey(key) ? $"as {samples[first[key]].Id}" : null)];
    }

    /// <summary>Draws differ by their seeds alone.</summary>
    private static string? KeyOf(IReadOnlyList<Request> requests) => requests.Count == 0 ? null
        : Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(
            requests.Select(request => request.Question), RunJson.Line)));
}
