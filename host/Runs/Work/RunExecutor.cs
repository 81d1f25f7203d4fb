using LlmKick.Runs.Plan;
using LlmKick.Runs.Records;
using LlmKick.Sdk;
using LlmKick.Storage;

namespace LlmKick.Runs.Work;

/// <summary>Does what is missing of a plan, one variant after the other.</summary>
/// <param name="services">What it works with.</param>
internal sealed class RunExecutor(RunServices services)
{
    /// <summary>Does what is missing.</summary>
    /// <param name="selection">What is to be done at all.</param>
    /// <param name="cancellationToken">Stops between blocks and batches; what was finished is kept.</param>
    /// <exception cref="LlmKickException">The calibration text gives too little, or a task needs answers of a variant that is left
    /// out.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    /// <exception cref="StorageException">The folder cannot be written.</exception>
    public async Task RunAsync(RunSelection selection, CancellationToken cancellationToken)
    {
        var calibration = new CalibrationData();
        await using var judge = new JudgeModel(services);
        var runner = new VariantRunner(services, calibration, new SampleLists(services.Logger), judge, selection);
        var open = services.Plan.Variants.Where(variant => IsOpen(variant, selection)).ToHashSet();
        foreach (var variant in open)
        {
            Require(variant, selection, calibration);
            if (services.Device.type == TorchSharp.DeviceType.CPU)
                MemoryForecast.Require(variant, services.Plan.DataType);
        }
        var fits = open.Select(variant => (variant.Name, Fit: MethodFit.Of(variant))).ToList();
        MethodFit.Require(fits);
        foreach (var (name, fit) in fits)
            foreach (var note in fit.Notes)
                services.Display.Note($"{name}: {note}.");
        CheckpointSaver.RequireFit(open.SelectMany(variant => Unsaved(variant, selection)));
        var tasks = new Dictionary<VariantPlan, IReadOnlyList<TaskPlan>>();
        foreach (var variant in services.Plan.InOrderOfWork.Where(open.Contains))
            tasks[variant] = await runner.ListAsync(variant, [.. Missing(variant, selection)], cancellationToken).ConfigureAwait(false);
        foreach (var variant in services.Plan.InOrderOfWork)
        {
            if (tasks.TryGetValue(variant, out var askable))
                await TryRunAsync(runner, variant, askable, [.. Unsaved(variant, selection)], cancellationToken).ConfigureAwait(false);
            Clear(variant, selection);
        }
        if (!services.Plan.Recipe.KeepCompressed)
            ClearStates(selection);
    }

    /// <summary>Refuses at once what would fail after hours.</summary>
    private void Require(VariantPlan variant, RunSelection selection, CalibrationData calibration)
    {
        calibration.Require(variant);
        foreach (var task in Missing(variant, selection))
            new ReferenceNeed(services.Records).Require(variant, task, selection);
    }

    private bool IsOpen(VariantPlan variant, RunSelection selection) => Missing(variant, selection).Any()
        || (variant.Tasks.Any(task => selection.Includes(variant.Name, task.Name) && services.Records.IsDone(variant, task))
            && !services.Records.IsDone(variant))
        || Unsaved(variant, selection).Any();

    private IEnumerable<SavePlan> Unsaved(VariantPlan variant, RunSelection selection) => selection.Saves(variant.Name)
        ? SavePlan.Of(variant, services.Folder).Where(save => !services.Records.IsDone(save))
        : [];

    private IEnumerable<TaskPlan> Missing(VariantPlan variant, RunSelection selection) =>
        variant.Tasks.Where(task => selection.Includes(variant.Name, task.Name)
            && (!services.Records.IsDone(variant, task, selection) || LacksStates(variant, task, selection)));

    /// <summary>Whether others are still to be compared with what was kept of this variant and removed since.</summary>
    private bool LacksStates(VariantPlan variant, TaskPlan task, RunSelection selection) => services.Records.LacksStates(variant, task)
        && services.Plan.Variants.Any(other => other.Reference?.Name == variant.Name && selection.Includes(other.Name, task.Name)
            && !services.Records.IsDone(other, other.Task(task.Name), selection));

    /// <summary>Removes what nothing needs any more once all is done.</summary>
    private void Clear(VariantPlan variant, RunSelection selection)
    {
        if (!services.Records.IsDone(variant) || Unsaved(variant, selection).Any()
            || !variant.Tasks.All(task => services.Records.IsDone(variant, task, selection)))
            return;
        if (variant.Tasks.All(task => services.Records.IsDone(variant, task)))
            RunFile.Delete(services.Folder.Batches(variant.Name));
        if (!services.Plan.Recipe.KeepCompressed)
            RunFile.Delete(services.Folder.Blocks(variant.Name));
    }

    /// <summary>Removes the untouched variants' predictions of tasks that are done on all variants.</summary>
    private void ClearStates(RunSelection selection)
    {
        foreach (var task in services.Plan.Recipe.Tasks.Select(task => task.Name))
            if (services.Plan.Variants.All(variant => !selection.Includes(variant.Name, task)
                || services.Records.IsDone(variant, variant.Task(task), selection)))
                foreach (var variant in services.Plan.Variants)
                    RunFile.Delete(services.Folder.States(variant.Name, task));
    }

    private async Task TryRunAsync(VariantRunner runner, VariantPlan variant, IReadOnlyList<TaskPlan> tasks, IReadOnlyList<SavePlan> saves,
        CancellationToken cancellationToken)
    {
        try
        {
            await runner.RunAsync(variant, tasks, saves, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (UnitFailure.Is(failure, cancellationToken))
        {
            var error = UnitFailure.Tell(failure, variant.Name, services);
            RunFile.WriteJson(services.Folder.VariantRecord(variant.Name), VariantRecord.Failed(variant.CompressionFingerprint, error),
                RunJson.Line);
        }
    }
}
