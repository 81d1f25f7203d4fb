using System.Diagnostics;
using System.Text.Json.Nodes;
using LlmKick.Runs.LmEval;
using LlmKick.Runs.Plan;
using LlmKick.Runs.Records;
using LlmKick.Sdk;
using LlmKick.Sdk.Models;
using LlmKick.Sdk.Tasks;
using LlmKick.Storage;

namespace LlmKick.Runs.Work;

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
    private readonly ScoringContext scoring = new() { Logger = services.Logger };
    private IReadOnlyList<IReadOnlyList<Exchange>?> references = new IReadOnlyList<Exchange>?[samples.Samples.Count];
    private TaskSamples asked = samples;
    private ILanguageModel? grader;
    private ReplyStore? replies;

    /// <summary>Computes what is missing and writes the result, or what a part of a run has of it.</summary>
    public async Task RunAsync(ILanguageModel model, RunSelection selection, CancellationToken cancellationToken)
    {
        Forget();
        services.Requests.Write(variant, plan, asked);
        Refer();
        if (task.NeedsJudge)
            (grader, replies) = (await judge.LoadAsync(cancellationToken).ConfigureAwait(false),
                ReplyStore.Open(services.Folder.Replies(variant.Name, Name)));
        foreach (var i in selection.Batches(variant.Name, Name, asked.Batches.Count))
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
        RunFile.Delete(services.Folder.Own(plan.Spec.Task.Component.Name, variant.Name, Name));
    }

    /// <summary>Reads what the dense variant answered; what is asked here may follow from it.</summary>
    private void Refer()
    {
        if (new ReferenceNeed(services.Records).Find(variant, plan) is not { } dense)
            return;
        references = new ReferenceAnswers(services.Folder, task, asked).Read(dense.Name, Name);
        asked = asked with { Requests = [.. asked.Samples.Select((sample, i) => task.Next(sample, [], references[i]))] };
    }

    private async Task RunBatchAsync(int index, ILanguageModel model, CancellationToken cancellationToken)
    {
        var (watch, routing) = (Stopwatch.StartNew(), model.Routing);
        var before = asked.Batches[index].Start.Value;
        var batch = asked.Slice(asked.Samples, index);
        var reference = asked.Slice(references, index);
        Show(before);
        var dialogue = new BatchDialogue(task, model, new StateFiles(services.Folder, variant, plan).Prepare, done => Show(before + done));
        var exchanges = await dialogue.AskAsync(batch, asked.Slice(asked.Requests, index), reference, cancellationToken)
            .ConfigureAwait(false);
        Failpoint.Pass("batch");
        var records = await FirstFailure.RunAsync(batch.Select((sample, i) => (Func<CancellationToken, Task<SampleRecord>>)(stop =>
            ScoreAsync(sample, exchanges[i], reference[i], asked.Repeats[before + i], stop))), cancellationToken).ConfigureAwait(false);
        store.Write(index, records, watch.Elapsed.TotalSeconds, model.Routing - routing);
    }

    private async Task<SampleRecord> ScoreAsync(Sample sample, IReadOnlyList<Exchange> exchanges, IReadOnlyList<Exchange>? reference,
        string? repeat, CancellationToken cancellationToken)
    {
        var keeping = grader is null ? null : new KeepingJudge(grader, replies!, $"{plan.Judge} {sample.Id}");
        var scores = await task.ScoreAsync(sample, exchanges, scoring with { Reference = reference, Judge = keeping }, cancellationToken)
            .ConfigureAwait(false);
        return new SampleRecord(sample.Id, [.. exchanges.Select(exchange => exchange.Response)],
            scores with { Cluster = scores.Cluster ?? repeat });
    }

    /// <summary>Puts the batches together. They are read back even where they were only just made, so that an interrupted task ends the
    /// same way.</summary>
    private void Finish(ITokenizer tokenizer)
    {
        var batches = Enumerable.Range(0, asked.Batches.Count).Select(i => (Index: i, Record: store.Read(i)))
            .Where(batch => batch.Record is not null).ToList();
        var records = batches.SelectMany(batch => batch.Record!
            .Samples.Select((record, i) => (Index: asked.Batches[batch.Index].Start.Value + i, record)));
        var lmEval = new LmEvalSamples(tokenizer).Lines(asked, records);
        if (batches.Count == asked.Batches.Count)
            new TaskResult(services.Folder, variant, plan, task).Write([.. batches.Select(batch => batch.Record!)],
                LmEvalSamples.OutputType(asked), lmEval, PromptFront.Of(asked, tokenizer), asked, references);
        else
            WritePart([.. batches.Select(batch => batch.Index)], lmEval, PromptFront.Of(asked, tokenizer));
        Show(batches.Sum(batch => batch.Record!.Samples.Count));
    }

    private void WritePart(IReadOnlyList<int> done, IEnumerable<JsonObject> lmEval, IReadOnlyList<PromptFront>? fronts)
    {
        RunFile.WriteLines(services.Folder.PartLines(variant.Name, Name), lmEval);
        RunFile.WriteJson(services.Folder.Part(variant.Name, Name), new TaskPart(TaskPart.FingerprintOf(variant, plan), asked.Batches.Count,
            done, LmEvalSamples.OutputType(asked)) { BeginOfText = fronts }, RunJson.Line);
    }

    private void Show(int done) => services.Display.Show(variant.Name, new ProgressUpdate(Name, done, asked.Samples.Count, "sample"));
}
