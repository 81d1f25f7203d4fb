using LlmKick.Data;
using LlmKick.Sdk;

namespace LlmKick.Runs;

/// <summary>Does what is missing of a plan, one variant after the other.</summary>
/// <param name="services">What it works with.</param>
internal sealed class RunExecutor(RunServices services)
{
    /// <summary>Does what is missing.</summary>
    /// <param name="selection">What is to be done at all.</param>
    /// <param name="cancellationToken">Stops between blocks and batches; what was finished is kept.</param>
    /// <exception cref="LlmKickException">The calibration text gives too little.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    /// <exception cref="StorageException">The folder cannot be written.</exception>
    public async Task RunAsync(RunSelection selection, CancellationToken cancellationToken)
    {
        var calibration = new CalibrationData();
        await using var judge = new JudgeModel(services);
        var runner = new VariantRunner(services, calibration, new SampleLists(services.Logger), judge);
        var open = services.Plan.Variants.Where(variant => IsOpen(variant, selection)).ToHashSet();
        foreach (var variant in open)
            calibration.Require(variant);
        foreach (var variant in services.Plan.InOrderOfWork)
        {
            if (open.Contains(variant))
                await TryRunAsync(runner, variant, [.. Missing(variant, selection)], cancellationToken).ConfigureAwait(false);
            Clear(variant);
        }
    }

    private bool IsOpen(VariantPlan variant, RunSelection selection) => Missing(variant, selection).Any()
        || (variant.Tasks.Any(task => selection.Includes(variant.Name, task.Name)) && !services.Records.IsDone(variant));

    private IEnumerable<TaskPlan> Missing(VariantPlan variant, RunSelection selection) =>
        variant.Tasks.Where(task => selection.Includes(variant.Name, task.Name) && !services.Records.IsDone(variant, task));

    /// <summary>Removes what nothing needs any more once all is done.</summary>
    private void Clear(VariantPlan variant)
    {
        if (!services.Records.IsDone(variant) || !variant.Tasks.All(task => services.Records.IsDone(variant, task)))
            return;
        RunFile.Delete(services.Folder.Batches(variant.Name));
        if (!services.Plan.Recipe.KeepCompressed)
            RunFile.Delete(services.Folder.Blocks(variant.Name));
    }

    private async Task TryRunAsync(VariantRunner runner, VariantPlan variant, IReadOnlyList<TaskPlan> tasks, CancellationToken cancellationToken)
    {
        try
        {
            await runner.RunAsync(variant, tasks, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (UnitFailure.Is(failure, cancellationToken))
        {
            var error = UnitFailure.Tell(failure, variant.Name, services);
            RunFile.WriteJson(services.Folder.VariantRecord(variant.Name), VariantRecord.Failed(variant.Compression, error), RunJson.Line);
        }
    }
}
