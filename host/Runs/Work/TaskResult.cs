using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using LlmKick.Runs.LmEval;
using LlmKick.Runs.Plan;
using LlmKick.Runs.Records;
using LlmKick.Sdk;
using LlmKick.Sdk.Files;
using LlmKick.Sdk.Models;
using LlmKick.Sdk.Tasks;
using LlmKick.Storage;

namespace LlmKick.Runs.Work;

/// <summary>Writes what became of a task on a variant once all its batches are there.</summary>
/// <param name="folder">The run's folder.</param>
/// <param name="variant">The variant.</param>
/// <param name="plan">The task.</param>
/// <param name="task">Its code.</param>
internal sealed class TaskResult(RunFolder folder, VariantPlan variant, TaskPlan plan, ITask task)
{
    /// <summary>Writes the samples, and at last the record that says that they are there.</summary>
    /// <param name="batches">All batches, in order.</param>
    /// <param name="outputType">How the task asks, in the words of lm-evaluation-harness.</param>
    /// <param name="lmEval">A line for each sample, in order.</param>
    /// <param name="fronts">What stands in front of the questions.</param>
    /// <param name="asked">What was asked, for the task's own files; null where that is not known: then it has none.</param>
    /// <param name="references">The dense variant's answers to each, where the task needs them.</param>
    public void Write(IReadOnlyList<BatchRecord> batches, string outputType, IEnumerable<JsonObject> lmEval,
        IReadOnlyList<PromptFront>? fronts, TaskSamples? asked, IReadOnlyList<IReadOnlyList<Exchange>?>? references = null)
    {
        var records = batches.SelectMany(batch => batch.Samples).ToList();
        RunFile.WriteLines(folder.Samples(variant.Name, plan.Name), records.Select(StoredSample.Of));
        var hash = LmEvalSamples.Write(LmEvalFiles.Samples(folder, variant.Name, plan.Name), lmEval);
        if (asked is not null && task.HasFiles)
            WriteOwn(records, asked, references);
        var told = new LmEvalTask(outputType, [.. records.SelectMany(record => record.Scores.Values.Keys).Distinct()], hash);
        var metrics = task.Aggregate([.. records.Select(record => record.Scores)]).Select(Describe).ToList();
        RunFile.WriteJson(folder.TaskRecord(variant.Name, plan.Name), new TaskRecord(plan.Fingerprint, records.Count,
            batches.Sum(batch => batch.Seconds), metrics, told, Directory.Exists(folder.States(variant.Name, plan.Name)))
        {
            BeginOfText = fronts,
            Routing = batches.Select(batch => batch.Routing).Aggregate((all, own) => all + own),
            Judge = JudgeRecord.Of([.. records.SelectMany(record => record.Scores.JudgeReplies)]),
        }, RunJson.Line);
        RunFile.Delete(folder.Batches(variant.Name, plan.Name));
        RunFile.Delete(folder.PartLines(variant.Name, plan.Name));
    }

    /// <summary>Writes the files that the task itself makes, all or none.</summary>
    private void WriteOwn(IReadOnlyList<SampleRecord> records, TaskSamples asked,
        IReadOnlyList<IReadOnlyList<Exchange>?>? references)
    {
        var path = folder.Own(plan.Spec.Task.Component.Name, variant.Name, plan.Name);
        var files = task.Files([.. records.Select((record, i) => new AnsweredSample(asked.Samples[i],
            Replay.Of(task, asked.Samples[i], asked.Requests[i], record.Responses, references?[i]), record.Scores))]);
        if (files.Count == 0)
            return;
        StorageException.Guard(path, () =>
        {
            using var whole = new AtomicFolder(path);
            foreach (var file in files)
                whole.Write(file.Name, stream =>
                {
                    foreach (var line in file.Lines)
                        stream.Write(Encoding.UTF8.GetBytes(line + '\n'));
                });
            whole.Commit();
        });
    }

    private MetricRecord Describe(Metric metric)
    {
        var record = new MetricRecord(metric.Name, metric.Value, metric.N, metric.Low, metric.High,
            task.Metrics.FirstOrDefault(description => description.Name == metric.Name.Split('/')[0])?.HigherIsBetter);
        return record.CanBe ? record : throw new LlmKickException(string.Create(CultureInfo.InvariantCulture,
            $"The task gives '{metric.Name}' as {metric.Value}, outside its own interval of {metric.Low} to {metric.High}: "
                + $"report this to the author of its plugin."));
    }
}
