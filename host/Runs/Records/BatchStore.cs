using System.Text.Json.Nodes;
using LlmKick.Runs.Plan;
using LlmKick.Runtime;
using LlmKick.Sdk.Models;
using LlmKick.Storage;

namespace LlmKick.Runs.Records;

/// <summary>Keeps finished batches of a task on a variant.</summary>
/// <param name="folder">The run's folder.</param>
/// <param name="variant">The variant.</param>
/// <param name="plan">The task.</param>
/// <param name="samples">Everything the task asks at first.</param>
internal sealed class BatchStore(RunFolder folder, VariantPlan variant, TaskPlan plan, TaskSamples samples)
{
    /// <summary>A finished batch, or null where there is none of these samples and this fingerprint.</summary>
    public BatchRecord? Read(int index) =>
        RunFile.TryReadJson<BatchRecord>(PathOf(index)) is { } record && record.Fingerprint == FingerprintOf(index) ? record : null;

    /// <summary>Keeps a batch.</summary>
    public void Write(int index, IReadOnlyList<SampleRecord> records, double seconds, RouterChoices? routing)
    {
        RunFile.WriteJson(PathOf(index), new BatchRecord(FingerprintOf(index), seconds, records, routing), RunJson.Line);
        NativeHeap.Trim();
    }

    private string PathOf(int index) => folder.Batch(variant.Name, plan.Name, index);

    private string FingerprintOf(int index) => Fingerprint.Of(new JsonObject
    {
        ["task"] = plan.Fingerprint,
        ["samples"] = new JsonArray([.. samples.Slice(samples.Samples, index).Select(sample => JsonValue.Create(sample.Id))]),
    });
}
