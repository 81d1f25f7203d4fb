using System.Text.Json.Nodes;

namespace LlmKick.Tests.Runs;

/// <summary>Which units of a run were made, or are to be.</summary>
internal static class RunUnits
{
    /// <summary>When each unit was made: <c>wanda-0.5</c> for a variant's compression, <c>wanda-0.5/mmlu</c> for a task.</summary>
    public static Dictionary<string, DateTime> Of(string output)
    {
        var state = Path.Combine(output, ".llmkick");
        return Files(Path.Combine(state, "tasks")).Concat(Files(Path.Combine(state, "blocks")))
            .GroupBy(file => file.Name).ToDictionary(unit => unit.Key, unit => unit.Max(file => file.Made));

        static IEnumerable<(string Name, DateTime Made)> Files(string folder) => !Directory.Exists(folder) ? []
            : Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(file => (Name(Path.GetRelativePath(folder, file)), File.GetLastWriteTimeUtc(file)));

        static string Name(string file) => Path.GetExtension(file) == ".json" ? file[..^".json".Length] : file.Split('/', '\\')[0];
    }

    /// <summary>Units that are new or were made again.</summary>
    public static IEnumerable<string> Made(Dictionary<string, DateTime> before, string output) =>
        Of(output).Where(unit => !before.TryGetValue(unit.Key, out var made) || made != unit.Value).Select(unit => unit.Key)
            .Order(StringComparer.Ordinal);

    /// <summary>Units that a plan says are to be made.</summary>
    public static IEnumerable<string> Left(JsonObject plan) => plan["variants"]!.AsArray().SelectMany(variant => Left(variant!))
        .Order(StringComparer.Ordinal);

    private static IEnumerable<string> Left(JsonNode variant)
    {
        var name = (string)variant["name"]!;
        if ((int)variant["blocks_done"]! < (int)variant["blocks"]!)
            yield return name;
        foreach (var (task, outlook) in variant["tasks"]!.AsObject())
            if ((string)outlook!["state"]! != "done")
                yield return $"{name}/{task}";
    }
}
