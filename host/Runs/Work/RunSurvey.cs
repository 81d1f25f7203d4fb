using LlmKick.Runs.Plan;
using LlmKick.Runs.Records;
using LlmKick.Runs.Saving;
using LlmKick.Sdk;

namespace LlmKick.Runs.Work;

/// <summary>Looks at how far a run is, without loading a model.</summary>
/// <param name="plan">The plan.</param>
/// <param name="folder">Where the run is kept.</param>
/// <param name="samples">Lists samples.</param>
internal sealed class RunSurvey(RunPlan plan, RunFolder folder, SampleLists samples)
{
    private readonly RunRecords records = new(folder);

    /// <summary>Looks at every selected variant.</summary>
    public async Task<IReadOnlyList<VariantOutlook>> LookAsync(RunSelection selection, CancellationToken cancellationToken)
    {
        var variants = new List<VariantOutlook>();
        foreach (var variant in plan.Variants)
        {
            var tasks = new List<TaskOutlook>();
            foreach (var task in variant.Tasks.Where(task => selection.Includes(variant.Name, task.Name)))
                tasks.Add(await LookAsync(variant, task, selection, cancellationToken).ConfigureAwait(false));
            if (tasks.Count > 0)
                variants.Add(Compression(variant, tasks));
        }
        return variants;
    }

    private VariantOutlook Compression(VariantPlan variant, IReadOnlyList<TaskOutlook> tasks)
    {
        var blocks = variant.StageFingerprints.Count * variant.Model.BlockCount;
        var done = records.IsDone(variant) && tasks.All(task => task.IsDone) ? blocks
            : variant.StageFingerprints.Index().Sum(stage => Stored(variant, stage.Index, stage.Item));
        return new VariantOutlook(variant.Name, blocks, done, tasks, [.. SavePlan.Of(variant, folder).Select(Look)],
            records.IsDone(variant) && tasks.All(task => task.IsDone) ? null : MemoryForecast.Of(variant, plan.DataType),
            MethodFit.Of(variant));
    }

    private SaveOutlook Look(SavePlan save)
    {
        if (records.IsDone(save))
            return new SaveOutlook(save.Spec.Name, save.Path, records.Of(save)!.Bytes, [], records.Of(save)!.Notes, true);
        var forecast = save.Forecast();
        return new SaveOutlook(save.Spec.Name, save.Path, forecast.Bytes, forecast.Faults, forecast.Notes, false);
    }

    private async Task<TaskSamples> ListAsync(VariantPlan variant, TaskPlan task, CancellationToken cancellationToken)
    {
        var tokenizer = variant.CreateLoader().LoadTokenizer();
        try
        {
            return await samples.ListAsync(task, tokenizer, variant.Model.ContextLength, cancellationToken).ConfigureAwait(false);
        }
        catch (LlmKickException failure)
        {
            throw new LlmKickException($"{variant.Name}/{task.Name}: {failure.Message}", failure);
        }
    }

    private int Stored(VariantPlan variant, int stage, string fingerprint) =>
        new BlockStore(folder.Blocks(variant.Name, stage), fingerprint).Count(variant.Model.BlockCount);

    private async Task<TaskOutlook> LookAsync(VariantPlan variant, TaskPlan task, RunSelection selection,
        CancellationToken cancellationToken)
    {
        var record = records.Of(variant, task);
        if (records.IsDone(variant, task))
            return new TaskOutlook(task.Name, true, null, record!.Samples, 0, 0, 0, 0);
        var listed = await ListAsync(variant, task, cancellationToken).ConfigureAwait(false);
        var store = new BatchStore(folder, variant, task, listed);
        var mine = selection.Batches(variant.Name, task.Name, listed.Batches.Count).ToList();
        var left = mine.FindAll(batch => store.Read(batch) is null);
        var requests = left.ConvertAll(batch => listed.Slice(listed.Requests, batch));
        return new TaskOutlook(task.Name, records.IsDone(variant, task, selection), records.Of(variant)?.Error ?? record?.Error,
            mine.Sum(batch => listed.Slice(listed.Samples, batch).Count), mine.Count, mine.Count - left.Count,
            requests.Sum(batch => batch.Sum(one => (long)one.Count)), requests.Sum(BatchCutter.Cost));
    }
}
