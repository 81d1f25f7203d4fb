using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using LlmKick.Runs.Records;
using LlmKick.Sdk;
using LlmKick.Sdk.Files;
using LlmKick.Storage;

namespace LlmKick.Runs.Results;

/// <summary><c>results.json</c>: everything that reports are made of, besides samples and what was done to linears.</summary>
/// <remarks>What depends on the time or the machine is in <c>machine</c> and in fields named <c>seconds</c> alone.</remarks>
/// <param name="Format">The document's format.</param>
/// <param name="Name">The recipe's name; of several runs together, all names.</param>
/// <param name="Recipe">The recipe as resolved.</param>
/// <param name="Model">The model that variants are of unless they say otherwise.</param>
/// <param name="Data">Hashes of what the recipe reads.</param>
/// <param name="Compute">What computed.</param>
/// <param name="Versions">Versions of everything that computes.</param>
/// <param name="Machine">The machine that the results were written on.</param>
/// <param name="Tasks">What was measured.</param>
/// <param name="Variants">The variants of which something is there.</param>
/// <param name="Frontier">How far methods can go.</param>
/// <param name="Partings">Where perplexity and tasks part ways.</param>
/// <param name="Findings">What follows from the numbers, in sentences.</param>
/// <param name="Spreads">What was repeated over seeds.</param>
/// <param name="References">Printed numbers beside the run's own.</param>
internal sealed record RunResults(
    string Format, [property: JsonRequired] string Name, [property: JsonRequired] JsonObject Recipe,
    [property: JsonRequired] ModelResults Model, [property: JsonRequired] DataResults Data, ComputeResults? Compute,
    VersionResults? Versions, Machine? Machine,
    [property: JsonRequired, JsonConverter(typeof(NamedListConverter<TaskMeaning>))] IReadOnlyList<TaskMeaning> Tasks,
    [property: JsonRequired] IReadOnlyList<VariantResults> Variants,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<Frontier>? Frontier = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<PartingResults>? Partings = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Findings = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<Spread>? Spreads = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<ReferenceResults>? References = null)
{
    /// <summary>The format that this version writes.</summary>
    public const string CurrentFormat = "llmkick/results@1";

    private const string Perplexity = "perplexity";

    /// <summary>The runs that these were put together of; none where they are of one run.</summary>
    [JsonIgnore]
    public IReadOnlyList<RunResults> Parts { get; init; } = [];

    /// <summary>The names of all variants that the recipe asks for.</summary>
    [JsonIgnore]
    public IEnumerable<string> Planned => Recipe["variants"]!.AsArray().Select(variant => (string)variant!["name"]!);

    /// <summary>The variant of a name, or null.</summary>
    public VariantResults? Find(string variant) => Variants.FirstOrDefault(one => one.Name == variant);

    /// <summary>What must be equal for two runs' samples of a task to be the same questions.</summary>
    /// <remarks>Options that are paths differ from machine to machine: the hashes of what they name count instead.</remarks>
    public string DefinitionOf(TaskMeaning task)
    {
        var use = Use(task)!.DeepClone().AsObject();
        var data = Data.Tasks?.GetValueOrDefault(task.Name) ?? [];
        foreach (var key in data.Select(pair => pair.Key).Concat(task.Selection))
            Remove(use.First().Value!.AsObject(), key.Split('.'));
        return use.ToJsonString() + data.ToJsonString();
    }

    /// <summary>The results, whose variants know where they come from.</summary>
    public RunResults In(RunFolder folder) => this with
    {
        Tasks = [.. Tasks.Select(Whole)],
        Variants = [.. Variants.Select(variant => variant with { Origin = new VariantOrigin(folder, variant.Name,
            variant.Model?.ContentHash ?? Model.ContentHash, CalibrationOf(variant)) })],
    };

    /// <summary>A task as this version tells of it: older results do not say what perplexity is the exponential of.</summary>
    private TaskMeaning Whole(TaskMeaning task) => Use(task)?.AsObject().First().Key != Perplexity ? task : task with
    {
        Metrics = [.. task.Metrics.Select(metric => metric is { Name: Perplexity, ExponentialOf: null }
            ? metric with { ExponentialOf = "nll" } : metric)],
    };

    private JsonNode? Use(TaskMeaning task) =>
        Recipe["tasks"]!.AsArray().FirstOrDefault(one => (string)one!["name"]! == task.Name)?["use"];

    /// <summary>Reads a run's folder.</summary>
    /// <exception cref="LlmKickException">It is no folder of a run, or of one that this version cannot read.</exception>
    public static RunResults Read(string directory)
    {
        var folder = new RunFolder(Path.GetFullPath(directory));
        if (!File.Exists(folder.Results))
            throw new LlmKickException($"'{directory}' has no results.json: name the folder of a run, such as runs/quickstart.");
        var text = File.ReadAllText(folder.Results);
        try
        {
            var document = JsonNode.Parse(text) as JsonObject ?? throw new LlmKickException(
                $"'{folder.Results}' is no results document, which is a JSON object. {DamagedLine.Advice}");
            // A task may keep files of its own under the same name, in folders of a run.
            if (document["format"] is null && File.Exists(Path.Combine(folder.Root, "samples.jsonl")))
                throw new LlmKickException($"'{directory}' has one task's own files of a run: name the run's folder, or the folders "
                    + "lm-eval/VARIANT of it, whose samples can be compared.");
            if (document["format"]?.ToString() is var format && format != CurrentFormat)
                throw new LlmKickException($"'{folder.Results}' was written by another version of llmkick ({format}), which this one "
                    + $"cannot read: run the recipe again with this version.");
            return Checked(document.Deserialize<RunResults>(RunJson.Document)!.In(folder));
        }
        catch (JsonException exception)
        {
            throw new LlmKickException($"'{folder.Results}' cannot be read. {JsonFault.Explain(text, exception)} {DamagedLine.Advice}",
                exception);
        }
        catch (Exception exception) when (exception is InvalidOperationException or NullReferenceException or ArgumentException
            or FormatException)
        {
            // The library's own words for a key that stands twice.
            var told = exception is ArgumentException ? "a key stands in it twice" : exception.Message;
            throw new LlmKickException($"'{folder.Results}' is damaged, or was changed by hand. {DamagedLine.Advice} ({told})", exception);
        }
    }

    /// <summary>The results, of which all that is free in form was looked at.</summary>
    private static RunResults Checked(RunResults results)
    {
        foreach (var variant in results.Variants)
        {
            _ = variant.Method + variant.Definition;
            foreach (var share in variant.Sparsity is { } zeros ? [zeros.PrunedMatrices, zeros.AllParameters] : Array.Empty<double>())
                if (share is < 0 or > 1)
                    throw new FormatException(string.Create(CultureInfo.InvariantCulture,
                        $"the sparsity of '{variant.Name}' is {share}, and a share is from 0 to 1"));
            foreach (var task in variant.Tasks)
                Check(variant, task);
        }
        foreach (var task in results.Tasks)
            _ = task.Main.Name + results.DefinitionOf(task);
        return results;
    }

    private static void Check(VariantResults variant, TaskResults task)
    {
        if (task is { Metrics: null, Error: null } || task.Metrics?.Any(metric => metric.N < 0) == true)
            throw new FormatException($"'{task.Name}' of '{variant.Name}' has no metrics, or fewer samples than none");
        if (task.Metrics?.FirstOrDefault(metric => !metric.CanBe) is { } wrong)
            throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"'{wrong.Name}' of '{task.Name}' of '{variant.Name}' is "
                + $"{wrong.Value}, which its interval, {wrong.Low} to {wrong.High}, does not hold"));
    }

    // The paths of texts and conversations differ from machine to machine: their hash counts instead.
    private string CalibrationOf(VariantResults variant)
    {
        var options = Recipe["calibration"]?.DeepClone().AsObject() ?? [];
        foreach (var (key, value) in variant.Calibration?.Options ?? [])
            options[key] = value?.DeepClone();
        options.Remove("text");
        if (options.ContainsKey("messages"))
            options["messages"] = true;
        return $"{options.ToJsonString()} {variant.Calibration?.Hash ?? Data.Calibration}";
    }

    /// <summary>Removes an option, or one of a record's: <c>chat.template</c>.</summary>
    private static void Remove(JsonObject options, ReadOnlySpan<string> key)
    {
        if (key.Length == 1)
            options.Remove(key[0]);
        else if (options[key[0]] is JsonObject inner)
            Remove(inner, key[1..]);
    }
}
