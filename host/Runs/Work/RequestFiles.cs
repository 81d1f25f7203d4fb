using LlmKick.Runs.Plan;
using LlmKick.Runs.Records;
using LlmKick.Sdk.Models;
using LlmKick.Storage;

namespace LlmKick.Runs.Work;

/// <summary>Writes what tasks ask: once for all variants of one tokenizer and context length.</summary>
/// <param name="plan">The plan.</param>
/// <param name="folder">Where the run is kept.</param>
internal sealed class RequestFiles(RunPlan plan, RunFolder folder)
{
    private readonly HashSet<string> written = [];

    /// <summary>Writes a task's file, unless this process did.</summary>
    public void Write(VariantPlan variant, TaskPlan task, TaskSamples samples)
    {
        var path = folder.Requests(Name(variant.Model, task));
        if (written.Add(path))
            RunFile.WriteLines(path,
                samples.Samples.Select((sample, i) => new { sample.Id, sample.Target, Requests = samples.Requests[i] }));
    }

    private string Name(ModelIdentity model, TaskPlan task) => Asked(model) == Asked(plan.Main.Model) ? task.Name
        : $"{task.Name}.{Asked(model)[..8]}";

    private static string Asked(ModelIdentity model) => Fingerprint.Of($"{model.TokenizerHash} {model.ContextLength}");
}
