using LlmKick.Data;
using LlmKick.Sdk.Models;
using LlmKick.Sdk.Tensors;

namespace LlmKick.Runs;

/// <summary>Does what is missing of one variant: the model is loaded once, and let go at the end.</summary>
/// <param name="services">What it works with.</param>
/// <param name="calibration">Calibration data of all variants.</param>
/// <param name="samples">Samples of tasks, listed once for all variants.</param>
/// <param name="judge">Grades answers where a task asks for it.</param>
internal sealed class VariantRunner(RunServices services, CalibrationData calibration, SampleLists samples, JudgeModel judge)
{
    /// <summary>Compresses the model and measures tasks.</summary>
    /// <param name="variant">The variant.</param>
    /// <param name="tasks">Its tasks that are to be done.</param>
    /// <param name="cancellationToken">Stops between blocks and batches.</param>
    public async Task RunAsync(VariantPlan variant, IReadOnlyList<TaskPlan> tasks, CancellationToken cancellationToken)
    {
        var model = await ComputeThread.RunAsync(() => Load(variant, cancellationToken)).ConfigureAwait(false);
        await using (model.ConfigureAwait(false))
        {
            await CompressAsync(variant, model, cancellationToken).ConfigureAwait(false);
            foreach (var task in tasks)
                await TryMeasureAsync(variant, task, model, cancellationToken).ConfigureAwait(false);
        }
    }

    private ILanguageModel Load(VariantPlan variant, CancellationToken cancellationToken) => variant.CreateLoader().Load(new ModelLoadContext
    {
        Device = services.Device,
        DataType = services.Plan.DataType,
        Logger = services.Logger,
        Progress = new VariantProgress(services.Display, variant.Name),
    }, cancellationToken);

    private async Task CompressAsync(VariantPlan variant, ILanguageModel model, CancellationToken cancellationToken)
    {
        var compression = new VariantCompression(services, variant, calibration);
        var record = await ComputeThread.RunAsync(() => compression.Run(model, cancellationToken)).ConfigureAwait(false);
        RunFile.WriteJson(services.Folder.VariantRecord(variant.Name), record, RunJson.Line);
    }

    private async Task TryMeasureAsync(VariantPlan variant, TaskPlan plan, ILanguageModel model, CancellationToken cancellationToken)
    {
        try
        {
            var listed = await samples.ListAsync(plan, model, cancellationToken).ConfigureAwait(false);
            await new TaskRunner(services, variant, plan, listed, judge).RunAsync(model, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (UnitFailure.Is(failure, cancellationToken))
        {
            var error = UnitFailure.Tell(failure, $"{variant.Name}/{plan.Name}", services);
            RunFile.WriteJson(services.Folder.TaskRecord(variant.Name, plan.Name), TaskRecord.Failed(plan.Fingerprint, error), RunJson.Line);
        }
    }
}
