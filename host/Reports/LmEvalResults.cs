using System.Text.Json.Nodes;
using LlmKick.Runs.Plan;
using LlmKick.Runs.Records;
using LlmKick.Sdk.Options;
using LlmKick.Storage;

namespace LlmKick.Reports;

/// <summary>Makes a variant's results in the shape of lm-evaluation-harness.</summary>
/// <param name="plan">The plan.</param>
/// <param name="records">What the folder holds of it.</param>
internal sealed class LmEvalResults(RunPlan plan, RunRecords records)
{
    private const double HalfWidth = 1.959963984540054;

    /// <summary>The document, or null where no task is done.</summary>
    public JsonObject? Make(VariantPlan variant)
    {
        var tasks = variant.Tasks.Select(task => (task.Name, Task: task, Record: records.Of(variant, task)!))
            .Where(task => task.Record is { Error: null }).ToList();
        if (tasks.Count == 0 || records.Of(variant) is not { Error: null } made)
            return null;
        return new JsonObject
        {
            ["results"] = Json.Map(tasks, task => task.Name, task => Result(task.Name, task.Record)),
            ["group_subtasks"] = Json.Map(tasks, task => task.Name, _ => new JsonArray()),
            ["configs"] = Json.Map(tasks, task => task.Name, task => Config(task.Task, task.Record)),
            ["versions"] = Json.Map(tasks, task => task.Name, _ => 1),
            ["n-shot"] = Json.Map(tasks, task => task.Name, task => Shots(task.Task)),
            ["higher_is_better"] = Json.Map(tasks, task => task.Name, task => Directions(task.Record)),
            ["n-samples"] = Json.Map(tasks, task => task.Name,
                task => new JsonObject { ["original"] = task.Record.Samples, ["effective"] = task.Record.Samples }),
            ["config"] = Model(variant, made),
            ["git_hash"] = null,
            ["task_hashes"] = Json.Map(tasks, task => task.Name, task => task.Record.LmEval?.Hash),
            ["model_source"] = "llmkick",
            ["model_name"] = variant.Name,
            ["model_name_sanitized"] = variant.Name,
        };
    }

    private static JsonObject Result(string task, TaskRecord record)
    {
        var result = new JsonObject { ["alias"] = task };
        foreach (var metric in record.Metrics)
        {
            result[$"{metric.Name},none"] = Json.Of(metric.Value);
            result[$"{metric.Name}_stderr,none"] = Json.Of((metric.High - metric.Low) / (2 * HalfWidth)) ?? "N/A";
        }
        return result;
    }

    private static JsonObject Config(TaskPlan task, TaskRecord record) => new()
    {
        ["task"] = task.Name,
        ["output_type"] = record.LmEval?.OutputType,
        ["metric_list"] = Json.List(record.LmEval?.Scores ?? [], score => Score(score, record)),
        ["num_fewshot"] = Shots(task),
        ["metadata"] = new JsonObject { ["version"] = 1, ["task"] = task.Spec.Task.Component.Name,
            ["options"] = task.Spec.Task.Given.DeepClone(), ["seed"] = task.Spec.Seed },
    };

    /// <summary>A number that each sample has; viewers average it.</summary>
    private static JsonObject Score(string name, TaskRecord record)
    {
        var score = new JsonObject { ["metric"] = name, ["aggregation"] = "mean" };
        if (record.Metrics.FirstOrDefault(metric => metric.Name == name)?.HigherIsBetter is { } higher)
            score["higher_is_better"] = higher;
        return score;
    }

    private static int Shots(TaskPlan task) => task.Spec.Task.Component.Options.Of(OptionRole.Shots).FirstOrDefault()
        ?.Property.GetValue(task.Spec.Task.Options) as int? ?? 0;

    private static JsonObject Directions(TaskRecord record) =>
        Json.Map(record.Metrics.Where(metric => metric.HigherIsBetter is not null), metric => metric.Name, metric => metric.HigherIsBetter);

    private JsonObject Model(VariantPlan variant, VariantRecord made) => new()
    {
        ["model"] = variant.Spec.Model.Component.Name,
        ["model_args"] = $"pretrained={variant.Model.Name}",
        ["model_num_parameters"] = variant.Model.ParameterCount,
        ["model_dtype"] = made.Model?.DataType,
        ["device"] = plan.Environment.Device,
        ["compressors"] = Json.List(variant.Spec.Stages,
            stage => new JsonObject { ["name"] = stage.Component.Name, ["options"] = stage.Given.DeepClone() }),
    };
}
