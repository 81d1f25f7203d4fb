namespace LlmKick.Sdk.Tasks;

/// <summary>A sample that is done.</summary>
/// <param name="Sample">The sample.</param>
/// <param name="Exchanges">Everything asked and answered about it. Answers may have been stored and read back.</param>
/// <param name="Scores">What <see cref="ITask.ScoreAsync"/> made of them.</param>
public sealed record AnsweredSample(Sample Sample, IReadOnlyList<Exchange> Exchanges, Scores Scores);
