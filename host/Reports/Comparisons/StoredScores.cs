using System.Text.Json;
using LlmKick.Runs;

namespace LlmKick.Reports.Comparisons;

/// <summary>Reads the scores of finished tasks back.</summary>
/// <param name="folder">The run's folder.</param>
internal sealed class StoredScores(RunFolder folder)
{
    private readonly Dictionary<(string Variant, string Task), Dictionary<string, JsonElement>> read = [];

    /// <summary>Scores of the samples that two variants both have, in order.</summary>
    public IReadOnlyList<(double Dense, double Here)> Pair(string dense, string variant, string task, string score)
    {
        var there = Read(dense, task);
        var pairs = new List<(double, double)>();
        foreach (var (id, scores) in Read(variant, task))
            if (there.TryGetValue(id, out var others) && Number(others, score) is { } before && Number(scores, score) is { } after)
                pairs.Add((before, after));
        return pairs;
    }

    private static double? Number(JsonElement scores, string name) =>
        scores.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;

    private Dictionary<string, JsonElement> Read(string variant, string task)
    {
        if (read.TryGetValue((variant, task), out var known))
            return known;
        var scores = new Dictionary<string, JsonElement>();
        if (File.Exists(folder.Samples(variant, task)))
            foreach (var line in File.ReadLines(folder.Samples(variant, task)))
            {
                using var document = JsonDocument.Parse(line);
                scores[document.RootElement.GetProperty("id").GetString()!] = document.RootElement.GetProperty("scores").Clone();
            }
        return read[(variant, task)] = scores;
    }
}
