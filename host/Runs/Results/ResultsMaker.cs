using LlmKick.Runs.Plan;
using LlmKick.Runs.Records;
using LlmKick.Sdk.Options;

namespace LlmKick.Runs.Results;

/// <summary>Makes results of what a run's folder holds.</summary>
/// <param name="plan">The plan.</param>
/// <param name="records">What the folder holds of it.</param>
/// <param name="origins">Hashes and versions.</param>
internal sealed class ResultsMaker(RunPlan plan, RunRecords records, RunOrigins origins)
{
    /// <summary>The results. Variants of which nothing is there are left out.</summary>
    public RunResults Make()
    {
        var results = Measured();
        return plan.Recipe.References.Count == 0 ? results : results with
        {
            References = [.. plan.Recipe.References.Select(one => ReferenceResults.Of(one, results.Variants))],
        };
    }

    private RunResults Measured() => new(
        Format: RunResults.CurrentFormat,
        Name: plan.Recipe.Name,
        Recipe: plan.Recipe.Resolved,
        Model: ModelResults.Of(plan.Main),
        Data: origins.Data,
        Compute: new ComputeResults(plan.Environment.Device, plan.Environment.Threads, plan.DataType),
        Versions: origins.Versions,
        Machine: Machine.Here(),
        Tasks: [.. plan.Variants[0].Tasks.Select(Meaning)],
        Variants: [.. plan.Variants.Select(variant => (variant, Record: records.Of(variant))).Where(one => one.Record is not null)
            .Select(one => Variant(one.variant, one.Record!))]);

    private static TaskMeaning Meaning(TaskPlan task) => new(
        [.. task.Create().Metrics.Select(one => new MetricMeaning(one.HigherIsBetter, one.Chance, one.Help, one.ExponentialOf)
        {
            Name = one.Name,
        })])
    {
        Name = task.Name,
        Group = task.Spec.Group,
        Selection = [.. task.Spec.Task.Component.Options.Of(OptionRole.Selection).Select(option => option.Key)],
    };

    private VariantResults Variant(VariantPlan variant, VariantRecord record)
    {
        var tasks = variant.Tasks.Select(task => (task.Name, Record: records.Of(variant, task))).Where(task => task.Record is not null)
            .Select(task => (task.Name, Record: task.Record!)).ToList();
        var saves = records.Saves(variant);
        return new VariantResults(
            Name: variant.Name,
            Compressors: [.. variant.Spec.Stages.Select(stage => new CompressorResults(stage.Component.Name, stage.Given)
            {
                Axis = stage.Component.Options.Of(OptionRole.Axis).FirstOrDefault()?.Key,
            })],
            Seed: variant.Spec.Seed,
            Dtype: record.Model?.DataType,
            Sparsity: Sparsity(record),
            Size: record.Size,
            Reading: record.Reading,
            Seconds: record.Seconds + tasks.Sum(task => task.Record.Seconds),
            Tasks: record.Error is null ? [.. tasks.Select(task => Task(task.Name, task.Record))] : [],
            Model: IsOther(variant) ? ModelResults.Of(variant) : null,
            NonzeroRatio: plan.Main.Model.ParameterCount > 0 && plan.Variants.Any(IsOther)
                ? record.Size?.NonZeros / (double)plan.Main.Model.ParameterCount : null,
            Coverage: record.Coverage,
            CalibrationData: record.Data,
            Group: variant.Spec.Group,
            Calibration: variant.Spec.OwnCalibration is { } calibration
                ? new CalibrationResults(calibration, origins.Calibrations.GetValueOrDefault(variant.Name)) : null,
            ModelNotes: record.Model?.Notes,
            Saved: saves.Count == 0 ? null
                : [.. saves.Select(save => new SaveResults(save.Name, save.Record.Bytes, save.Record.Notes, save.Record.Error))],
            Error: record.Error);
    }

    private bool IsOther(VariantPlan variant) => variant.Model.ContentHash != plan.Main.Model.ContentHash;

    private static SparsityResults? Sparsity(VariantRecord record) => record is not { Sparsity: { } counts, Model: { } model } ? null
        : counts.Zeros == 0 ? new SparsityResults(0, 0)
        : new SparsityResults((double)counts.Zeros / counts.Weights, (double)counts.Zeros / model.ParameterCount);

    private static TaskResults Task(string name, TaskRecord record) => record.Error is { } error
        ? new TaskResults(Error: error) { Name = name }
        : new TaskResults(record.Samples, record.Seconds, [.. record.Metrics.Select(Metric)], record.BeginOfText, record.Judge,
            Routing: record.Routing)
            { Name = name };

    private static MetricResults Metric(MetricRecord metric) => new(metric.Value, metric.N, metric.Low, metric.High) { Name = metric.Name };
}
