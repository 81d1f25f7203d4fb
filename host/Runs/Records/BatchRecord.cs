using LlmKick.Storage;
namespace LlmKick.Runs.Records;

/// <summary>A finished batch of samples.</summary>
/// <param name="Fingerprint">Fingerprint of the task and the batch's samples.</param>
/// <param name="Seconds">Time it took.</param>
/// <param name="Samples">Its samples, in order.</param>
internal sealed record BatchRecord(string Fingerprint, double Seconds, IReadOnlyList<SampleRecord> Samples);
