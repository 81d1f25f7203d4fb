namespace LlmKick.Sdk.Checkpoints;

/// <summary>What was written.</summary>
/// <param name="Bytes">Bytes on disk, all files together.</param>
/// <param name="Notes">What is not exactly as the model was measured, each a sentence, such as that scales were rounded to 16 bits.</param>
public sealed record CheckpointResult(long Bytes, IReadOnlyList<string> Notes);
