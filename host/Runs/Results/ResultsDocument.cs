using System.Text.Json;
using System.Text.Json.Nodes;
using LlmKick.Runs.Plan;
using LlmKick.Runs.Records;
using LlmKick.Sdk.Tasks;
using LlmKick.Storage;

namespace LlmKick.Runs.Results;

/// <summary>Makes <c>results.json</c> of what a run's folder holds.</summary>
/// <remarks>What depends on the time or the machine is in <c>machine</c> and in fields named <c>seconds</c> alone.</remarks>
/// <param name="plan">The plan.</param>
/// <param name="records">What the folder holds of it.</param>
/// <param name="origins">Hashes and versions.</param>
internal sealed class ResultsDocument(RunPlan plan, RunRecords records, RunOrigins origins)
{
    /// <summary>The document's format.</summary>
    public const string Format = "llmkick/results@1";

    /// <summary>The document. Variants of which nothing is there are left out.</summary>
    public JsonObject Make() => new()
    {
        ["format"] = Format,
        ["name"] = plan.Recipe.Name,
        ["recipe"] = plan.Recipe.Resolved.DeepClone(),
        ["model"] = RunSources.Model(plan.Main),
        ["data"] = origins.Data.DeepClone(),
        ["compute"] = Compute(),
        ["versions"] = origins.Versions.DeepClone(),
        ["machine"] = Machine.Describe(),
        ["tasks"] = Json.Map(plan.Variants[0].Tasks, task => task.Name, TaskMeaning),
        ["variants"] = Json.List(plan.Variants.Where(HasResults), Variant),
    };

    private static JsonObject TaskMeaning(TaskPlan task)
    {
        var node = new JsonObject { ["metrics"] = Json.Map(task.Create().Metrics, metric => metric.Name, Meaning) };
        if (task.Spec.Group is { } group)
            node["group"] = group;
        return node;
    }

    private static JsonObject Meaning(MetricDescription metric)
    {
        var node = new JsonObject { ["higher_is_better"] = metric.HigherIsBetter, ["chance"] = metric.Chance, ["help"] = metric.Help };
        if (metric.ExponentialOf is { } score)
            node["exponential_of"] = score;
        return node;
    }

    private JsonObject Compute() => new()
    {
        ["device"] = plan.Environment.Device,
        ["threads"] = plan.Environment.Threads,
        ["dtype"] = Json.Of(plan.DataType),
    };

    private bool HasResults(VariantPlan variant) => records.Of(variant) is not null;

    private JsonObject Variant(VariantPlan variant)
    {
        var record = records.Of(variant)!;
        var tasks = variant.Tasks.Select(task => (task.Name, Record: records.Of(variant, task)))
            .Where(task => task.Record is not null).ToList();
        var node = new JsonObject
        {
            ["name"] = variant.Name,
            ["compressors"] = Json.List(variant.Spec.Stages,
                stage => new JsonObject { ["name"] = stage.Component.Name, ["options"] = stage.Given.DeepClone() }),
            ["seed"] = variant.Spec.Seed,
            ["dtype"] = record.Model?.DataType,
            ["sparsity"] = Json.Of(record.Sparsity),
            ["size"] = Json.Of(record.Size),
            ["reading"] = Json.Of(record.Reading),
            ["seconds"] = record.Seconds + tasks.Sum(task => task.Record!.Seconds),
            ["tasks"] = Json.Map(record.Error is null ? tasks : [], task => task.Name, task => Task(task.Record!)),
        };
        if (variant.Model.ContentHash != plan.Main.Model.ContentHash)
            node["model"] = RunSources.Model(variant);
        if (HasOtherModels && record.Size?.NonZeros is { } left)
            node["nonzero_ratio"] = (double)left / plan.Main.Model.ParameterCount;
        if (record.Coverage is { } coverage)
            node["coverage"] = Json.Of(coverage);
        if (record.Data is { } data)
            node["calibration_data"] = Json.Of(data);
        if (variant.Spec.Group is { } group)
            node["group"] = group;
        if (variant.Spec.OwnCalibration is { } calibration)
            node["calibration"] =
                new JsonObject { ["options"] = calibration.DeepClone(), ["hash"] = origins.Calibrations[variant.Name]?.DeepClone() };
        if (record.Model?.Notes is { } notes)
            node["model_notes"] = Json.List(notes, note => JsonValue.Create(note));
        var saves = records.Saves(variant);
        if (saves.Count > 0)
            node["saved"] = Json.List(saves, save => new JsonObject { ["format"] = save.Name, ["bytes"] = save.Record.Bytes,
                ["notes"] = Json.Of(save.Record.Notes), ["error"] = save.Record.Error });
        if (record.Error is { } error)
            node["error"] = error;
        return node;
    }

    private bool HasOtherModels => plan.Main.Model.ParameterCount > 0
        && plan.Variants.Any(variant => variant.Model.ContentHash != plan.Main.Model.ContentHash);

    private static JsonObject Task(TaskRecord record)
    {
        if (record.Error is { } error)
            return new JsonObject { ["error"] = error };
        var node = new JsonObject
        {
            ["samples"] = record.Samples,
            ["seconds"] = record.Seconds,
            ["metrics"] = Json.Map(record.Metrics, metric => metric.Name, Metric),
        };
        if (record.BeginOfText is { } fronts)
            node["begin_of_text"] =
                Json.List(fronts, front => new JsonObject { ["id"] = front.Id, ["token"] = front.Token, ["by"] = front.By });
        if (record.Judge is { } judge)
            node["judge"] = JsonSerializer.SerializeToNode(judge, RunJson.Document);
        return node;
    }

    private static JsonObject Metric(MetricRecord metric) => new()
    {
        ["value"] = Json.Of(metric.Value),
        ["n"] = metric.N,
        ["low"] = Json.Of(metric.Low),
        ["high"] = Json.Of(metric.High),
    };
}
