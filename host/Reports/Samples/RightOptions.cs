using System.Text.Json;
using LlmKick.Storage;

namespace LlmKick.Reports.Samples;

/// <summary>Which option is the right one, of every sample whose first request is a choice with the sample's target among its
/// options.</summary>
internal static class RightOptions
{
    /// <summary>From a sample's id to the place of the right option.</summary>
    /// <param name="path">The task's requests.</param>
    public static IReadOnlyDictionary<string, int> Read(string path)
    {
        var found = new Dictionary<string, int>(StringComparer.Ordinal);
        if (File.Exists(path))
            JsonLinesFile.Read(path, (_, line) => Take(line.ToArray(), found));
        return found;
    }

    private static void Take(ReadOnlyMemory<byte> line, Dictionary<string, int> found)
    {
        using var document = JsonDocument.Parse(line);
        var (sample, target) =
            (document.RootElement, document.RootElement.TryGetProperty("target", out var given) ? given.GetString()!.Trim() : "");
        if (sample.GetProperty("requests") is not { ValueKind: JsonValueKind.Array } requests || requests.GetArrayLength() == 0
            || !requests[0].TryGetProperty("continuations", out var options))
            return;
        foreach (var (place, option) in options.EnumerateArray().Index())
            if (option.GetProperty("text").GetString()!.Trim() == target)
                found.TryAdd(sample.GetProperty("id").GetString()!, place);
    }
}
