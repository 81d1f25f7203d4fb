using LlmKick.Runs.Plan;
using LlmKick.Runs.Records;
using Microsoft.Extensions.Logging;
using TorchSharp;

namespace LlmKick.Runs.Work;

/// <summary>What the work of a run is done with.</summary>
/// <param name="Plan">What is to be done.</param>
/// <param name="Folder">Where it is kept.</param>
/// <param name="Device">Where models compute.</param>
/// <param name="Display">Shows what is happening.</param>
/// <param name="Logger">Takes messages.</param>
internal sealed record RunServices(RunPlan Plan, RunFolder Folder, torch.Device Device, IRunDisplay Display, ILogger Logger)
{
    /// <summary>What the folder holds of the plan.</summary>
    public RunRecords Records { get; } = new(Folder);

    /// <summary>Writes what tasks ask.</summary>
    public RequestFiles Requests { get; } = new(Plan, Folder);
}
