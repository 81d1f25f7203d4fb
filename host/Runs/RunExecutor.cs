using LlmKick.Data;

namespace LlmKick.Runs;

/// <summary>Does what is missing of a plan, one variant after the other.</summary>
/// <param name="services">What it works with.</param>
internal sealed class RunExecutor(RunServices services)
{
    /// <summary>Does what is missing.</summary>
    /// <param name="selection">What is to be done at all.</param>
    /// <param name="cancellationToken">Stops between blocks and batches; what was finished is kept.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    /// <exception cref="StorageException">The folder cannot be written.</exception>
    public async Task RunAsync(RunSelection selection, CancellationToken cancellationToken)
    {
        var recipe = services.Plan.Recipe;
        var runner = new VariantRunner(services, new CalibrationData(recipe.Calibration, recipe.Seed), new SampleLists(services.Logger));
        foreach (var variant in services.Plan.InOrderOfWork)
        {
            var selected = variant.Tasks.Where(task => selection.Includes(variant.Name, task.Name)).ToList();
            var missing = selected.Where(task => !services.Records.IsDone(variant, task)).ToList();
            if (missing.Count > 0 || (selected.Count > 0 && !services.Records.IsDone(variant)))
                await TryRunAsync(runner, variant, missing, cancellationToken).ConfigureAwait(false);
            Clear(variant);
        }
    }

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
