using LlmKick.Storage;
namespace LlmKick.Runs.Records;

/// <summary>What became of a checkpoint.</summary>
/// <param name="Fingerprint">Fingerprint of its content and place.</param>
/// <param name="Path">Where it lies.</param>
/// <param name="Bytes">Bytes of all its files.</param>
/// <param name="Notes">What is not exactly as the model was measured.</param>
/// <param name="Error">Why it was not written, or null.</param>
internal sealed record SaveRecord(string Fingerprint, string Path, long Bytes, IReadOnlyList<string> Notes, string? Error = null);
