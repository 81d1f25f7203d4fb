using System.Text.Json;
using System.Text.Json.Nodes;
using LlmKick.Runs.Records;
using LlmKick.Runs.Results;
using LlmKick.Sdk;
using LlmKick.Sdk.Files;

namespace LlmKick.Reports.Stored;

/// <summary>A run, or several together, as their folders tell of them: everything a report is made of, without models and
/// plugins.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Documents">The results documents.</param>
/// <param name="Tasks">The tasks.</param>
/// <param name="Variants">The variants.</param>
internal sealed record StoredRun(string Name, IReadOnlyList<JsonObject> Documents, IReadOnlyList<StoredTask> Tasks,
    IReadOnlyList<StoredVariant> Variants)
{
    /// <summary>The run that a results document tells of.</summary>
    public static StoredRun Of(JsonObject results, RunFolder folder)
    {
        var model = (string)results["model"]!["content_hash"]!;
        return new StoredRun((string)results["name"]!, [results], StoredTask.In(results),
            [.. results["variants"]!.AsArray().Select(node =>
                new StoredVariant((string)node!["name"]!, folder, node.AsObject(), (string?)node["model"]?["content_hash"] ?? model,
                Calibration(results, node["calibration"])))]);
    }

    /// <summary>The variant of a name, or null.</summary>
    public StoredVariant? Find(string variant) => Variants.FirstOrDefault(one => one.Name == variant);

    /// <summary>Reads a run's folder.</summary>
    /// <exception cref="LlmKickException">It is no folder of a run, or of one that this version cannot read.</exception>
    public static StoredRun Read(string directory)
    {
        var folder = new RunFolder(Path.GetFullPath(directory));
        if (!File.Exists(folder.Results))
            throw new LlmKickException($"'{directory}' has no results.json: name the folder of a run, such as runs/quickstart.");
        var results = Parse(folder.Results);
        if (results["format"] is not JsonValue format || format.ToString() != ResultsDocument.Format || results["tasks"] is not JsonObject)
            throw new LlmKickException($"'{folder.Results}' was written by another version of llmkick ({results["format"]}), which this "
                + $"one cannot read: run the recipe again with this version.");
        return Checked(results, folder);
    }

    /// <summary>The run, all of whose values are what this version writes.</summary>
    private static StoredRun Checked(JsonObject results, RunFolder folder)
    {
        try
        {
            var run = Of(results, folder);
            foreach (var variant in run.Variants)
                _ = variant.Values(run.Tasks);
            return run;
        }
        catch (Exception exception) when (exception is InvalidOperationException or NullReferenceException or FormatException
            or ArgumentException or KeyNotFoundException)
        {
            throw new LlmKickException($"'{folder.Results}' is damaged, or was changed by hand: 'llmkick run' with its recipe writes it "
                + $"again, and computes nothing anew. ({exception.Message})", exception);
        }
    }

    // The text's path differs from machine to machine: its hash counts instead.
    private static string Calibration(JsonObject results, JsonNode? own)
    {
        var options = results["recipe"]!["calibration"]?.DeepClone().AsObject() ?? [];
        foreach (var (key, value) in own?["options"]?.AsObject() ?? [])
            options[key] = value?.DeepClone();
        options.Remove("text");
        return $"{options.ToJsonString()} {own?["hash"] ?? results["data"]!["calibration"]}";
    }

    private static JsonObject Parse(string path)
    {
        var text = File.ReadAllText(path);
        try
        {
            return JsonNode.Parse(text) as JsonObject ?? throw new LlmKickException($"'{path}' is no results document.");
        }
        catch (JsonException exception)
        {
            throw new LlmKickException($"'{path}' cannot be read. {JsonFault.Explain(text, exception)}", exception);
        }
    }
}
