namespace LlmKick.Sdk.Models.Scheduling;

/// <summary>What the output head said at one position.</summary>
/// <param name="LogProbabilities">Of the tokens asked for, in nats.</param>
/// <param name="Best">The most probable token of all.</param>
internal readonly record struct PositionScores(float[] LogProbabilities, int Best);
