using LlmKick.Runs.Plan;
using LlmKick.Runs.Records;
using LlmKick.Sdk;
using LlmKick.Sdk.Models;
using LlmKick.Sdk.Tensors;
using LlmKick.Storage;

namespace LlmKick.Runs.Work;

/// <summary>Does what is missing of one variant: the model is loaded once, and let go at the end.</summary>
/// <param name="services">What it works with.</param>
/// <param name="calibration">Calibration data of all variants.</param>
/// <param name="samples">Samples of tasks, listed once for all variants.</param>
/// <param name="judge">Grades answers where a task asks for it.</param>
/// <param name="selection">What is to be done at all.</param>
internal sealed class VariantRunner(RunServices services, CalibrationData calibration, SampleLists samples, JudgeModel judge,
    RunSelection selection)
{
    private readonly Dictionary<(string Hash, string Model), ITokenizer> tokenizers = [];

    /// <summary>Lists what tasks ask before a model is loaded: a wrong option or file of data is told at once.</summary>
    /// <returns>The tasks that can be asked.</returns>
    public async Task<IReadOnlyList<TaskPlan>> ListAsync(VariantPlan variant, IReadOnlyList<TaskPlan> tasks,
        CancellationToken cancellationToken)
    {
        if (Tokenizer(variant) is not { } tokenizer)
            return tasks;
        var listed = new List<TaskPlan>();
        foreach (var task in tasks)
            if (await TryAsync(variant, task, () => samples.ListAsync(task, tokenizer, variant.Model.ContextLength, cancellationToken),
                cancellationToken).ConfigureAwait(false))
                listed.Add(task);
        return listed;
    }

    /// <summary>A variant's tokenizer; null where it cannot be read without the model, whose loading tells why.</summary>
    private ITokenizer? Tokenizer(VariantPlan variant)
    {
        var key = (variant.Model.TokenizerHash, variant.Model.ContentHash);
        if (tokenizers.TryGetValue(key, out var known))
            return known;
        try
        {
            return tokenizers[key] = variant.CreateLoader().LoadTokenizer();
        }
        catch (Exception failure) when (failure is LlmKickException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Compresses the model and measures tasks.</summary>
    /// <param name="variant">The variant.</param>
    /// <param name="tasks">Its tasks that are to be done.</param>
    /// <param name="saves">Its checkpoints that are to be written.</param>
    /// <param name="cancellationToken">Stops between blocks and batches.</param>
    public async Task RunAsync(VariantPlan variant, IReadOnlyList<TaskPlan> tasks, IReadOnlyList<SavePlan> saves,
        CancellationToken cancellationToken)
    {
        var model = await ComputeThread.RunAsync(() => Load(variant, cancellationToken)).ConfigureAwait(false);
        await using (model.ConfigureAwait(false))
        {
            if (saves.Count > 0 || await HasWorkAsync(variant, tasks, model, cancellationToken).ConfigureAwait(false))
                await CompressAsync(variant, model, cancellationToken).ConfigureAwait(false);
            foreach (var save in saves)
                await TrySaveAsync(save, model, cancellationToken).ConfigureAwait(false);
            foreach (var task in tasks)
                await TryMeasureAsync(variant, task, model, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Of a task with few batches, one of many parts may get none: then nothing need be compressed for it.</summary>
    private async Task<bool> HasWorkAsync(VariantPlan variant, IReadOnlyList<TaskPlan> tasks, ILanguageModel model,
        CancellationToken cancellationToken)
    {
        if (selection.Shard is null || tasks.Count == 0)
            return true;
        foreach (var task in tasks)
            if (selection.Batches(variant.Name, task.Name,
                (await samples.ListAsync(task, model, cancellationToken).ConfigureAwait(false)).Batches.Count).Any())
                return true;
        return false;
    }

    /// <summary>Compresses the model, from kept blocks where there are some, and writes a checkpoint.</summary>
    /// <param name="save">The checkpoint.</param>
    /// <param name="cancellationToken">Stops between blocks and tensors.</param>
    /// <exception cref="LlmKickException">The format cannot hold it, or something else is there.</exception>
    public async Task<SaveRecord> ExportAsync(SavePlan save, CancellationToken cancellationToken)
    {
        var model = await ComputeThread.RunAsync(() => Load(save.Variant, cancellationToken)).ConfigureAwait(false);
        await using (model.ConfigureAwait(false))
        {
            await CompressAsync(save.Variant, model, cancellationToken).ConfigureAwait(false);
            return await ComputeThread.RunAsync(() => new CheckpointSaver(services).Save(save, model, cancellationToken))
                .ConfigureAwait(false);
        }
    }

    private ILanguageModel Load(VariantPlan variant, CancellationToken cancellationToken) => variant.CreateLoader()
        .Load(new ModelLoadContext
    {
        Device = services.Device,
        DataType = services.Plan.DataType,
        Logger = services.Logger,
        ScratchFolder = services.Folder.Root,
        Progress = new VariantProgress(services.Display, variant.Name),
    }, cancellationToken);

    private async Task CompressAsync(VariantPlan variant, ILanguageModel model, CancellationToken cancellationToken)
    {
        var compression = new VariantCompression(services, variant, calibration);
        var record = await ComputeThread.RunAsync(() => compression.Run(model, cancellationToken)).ConfigureAwait(false);
        if (variant.Spec.Stages.Count == 0 || compression.ComputesWithIntegers)
            record = record with { Reading = await SpeedProbe.MeasureAsync(model, cancellationToken).ConfigureAwait(false) };
        RunFile.WriteJson(services.Folder.VariantRecord(variant.Name), record, RunJson.Line);
    }

    private async Task TrySaveAsync(SavePlan save, ILanguageModel model, CancellationToken cancellationToken)
    {
        try
        {
            await ComputeThread.RunAsync(() => new CheckpointSaver(services).Save(save, model, cancellationToken)).ConfigureAwait(false);
        }
        catch (Exception failure) when (UnitFailure.Is(failure, cancellationToken))
        {
            var error = UnitFailure.Tell(failure, $"{save.Variant.Name}, saving as {save.Spec.Name},", services);
            RunFile.WriteJson(services.Folder.SaveRecord(save.Variant.Name, save.Spec.Name),
                new SaveRecord(save.Fingerprint, "", 0, [], error), RunJson.Line);
        }
    }

    /// <summary>Measures a task. A model whose outputs are no numbers has nothing to be measured by: that failure ends the
    /// variant.</summary>
    private async Task TryMeasureAsync(VariantPlan variant, TaskPlan plan, ILanguageModel model, CancellationToken cancellationToken)
    {
        await TryAsync(variant, plan, async () =>
        {
            var listed = await samples.ListAsync(plan, model, cancellationToken).ConfigureAwait(false);
            await new TaskRunner(services, variant, plan, listed, judge).RunAsync(model, selection, cancellationToken)
                .ConfigureAwait(false);
        }, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Does something for a task; what fails is told and remembered.</summary>
    private async Task<bool> TryAsync(VariantPlan variant, TaskPlan plan, Func<Task> work, CancellationToken cancellationToken)
    {
        try
        {
            await work().ConfigureAwait(false);
            return true;
        }
        catch (Exception failure) when (failure is not NotFiniteException && UnitFailure.Is(failure, cancellationToken))
        {
            var error = UnitFailure.Tell(failure, $"{variant.Name}/{plan.Name}", services);
            RunFile.WriteJson(services.Folder.TaskRecord(variant.Name, plan.Name), TaskRecord.Failed(plan.Fingerprint, error),
                RunJson.Line);
            return false;
        }
    }
}
