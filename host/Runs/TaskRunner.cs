using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using LlmKick.Reports;
using LlmKick.Runs.Shards;
using LlmKick.Sdk;
using LlmKick.Sdk.Models;
using LlmKick.Sdk.Tasks;

namespace LlmKick.Runs;

/// <summary>Measures one task on one variant, batch by batch.</summary>
/// <param name="services">What it works with.</param>
/// <param name="variant">The variant.</param>
/// <param name="plan">The task.</param>
/// <param name="samples">Everything it asks at first.</param>
/// <param name="judge">Grades answers where the task asks for it.</param>
internal sealed class TaskRunner(RunServices services, VariantPlan variant, TaskPlan plan, TaskSamples samples, JudgeModel judge)
{
    private readonly BatchStore store = new(services.Folder, variant, plan, samples);
    private readonly ITask task = plan.Create();
    private ScoringContext scoring = new() { Logger = services.Logger };

    /// <summary>Computes what is missing and writes the result, or what a part of a run has of it.</summary>
    public async Task RunAsync(ILanguageModel model, RunSelection selection, CancellationToken cancellationToken)
    {
        Forget();
        services.Requests.Write(variant, plan, samples);
        if (task.NeedsJudge)
            scoring = scoring with { Judge = await judge.LoadAsync(cancellationToken).ConfigureAwait(false) };
        foreach (var i in selection.Batches(variant.Name, Name, samples.Batches.Count))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (store.Read(i) is null)
                await RunBatchAsync(i, model, cancellationToken).ConfigureAwait(false);
        }
        Finish(model.Tokenizer!);
    }

    private string Name => plan.Name;

    /// <summary>Removes what an earlier recipe left: whoever looks before the task is done must not take it for this one's.</summary>
    private void Forget()
    {
        RunFile.Delete(services.Folder.TaskRecord(variant.Name, Name));
        RunFile.Delete(services.Folder.Part(variant.Name, Name));
        RunFile.Delete(services.Folder.Samples(variant.Name, Name));
        RunFile.Delete(LmEvalFiles.Samples(services.Folder, variant.Name, Name));
    }

    private async Task RunBatchAsync(int index, ILanguageModel model, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        var before = samples.Batches[index].Start.Value;
        var batch = samples.Slice(samples.Samples, index);
        Show(before);
        var dialogue = new BatchDialogue(task, model, done => Show(before + done));
        var exchanges = await dialogue.AskAsync(batch, samples.Slice(samples.Requests, index), cancellationToken).ConfigureAwait(false);
        Failpoint.Pass("batch");
        var records = await Task.WhenAll(batch.Zip(exchanges, (sample, asked) => ScoreAsync(sample, asked, cancellationToken))).ConfigureAwait(false);
        store.Write(index, records, watch.Elapsed.TotalSeconds);
    }

    private async Task<SampleRecord> ScoreAsync(Sample sample, IReadOnlyList<Exchange> exchanges, CancellationToken cancellationToken)
    {
        var scores = await task.ScoreAsync(sample, exchanges, scoring, cancellationToken).ConfigureAwait(false);
        return new SampleRecord(sample.Id, [.. exchanges.Select(exchange => JsonSerializer.SerializeToElement(exchange.Response, RunJson.Line))], scores);
    }

    /// <summary>Puts the batches together. They are read back even where they were only just made, so that an interrupted task ends the same way.</summary>
    private void Finish(ITokenizer tokenizer)
    {
        var batches = Enumerable.Range(0, samples.Batches.Count).Select(i => (Index: i, Record: store.Read(i))).Where(batch => batch.Record is not null).ToList();
        var records = batches.SelectMany(batch => batch.Record!.Samples.Select((record, i) => (Index: samples.Batches[batch.Index].Start.Value + i, record)));
        var lmEval = new LmEvalSamples(tokenizer).Lines(samples, records);
        if (batches.Count == samples.Batches.Count)
            new TaskResult(services.Folder, variant, plan, task).Write([.. batches.Select(batch => batch.Record!)], LmEvalSamples.OutputType(samples), lmEval);
        else
            WritePart([.. batches.Select(batch => batch.Index)], lmEval);
        Show(batches.Sum(batch => batch.Record!.Samples.Count));
    }

    private void WritePart(IReadOnlyList<int> done, IEnumerable<JsonObject> lmEval)
    {
        RunFile.WriteLines(services.Folder.PartLines(variant.Name, Name), lmEval);
        RunFile.WriteJson(services.Folder.Part(variant.Name, Name), new TaskPart(TaskPart.FingerprintOf(variant, plan), samples.Batches.Count, done, LmEvalSamples.OutputType(samples)), RunJson.Line);
    }

    private void Show(int done) => services.Display.Show(variant.Name, new ProgressUpdate(Name, done, samples.Samples.Count, "sample"));
}
