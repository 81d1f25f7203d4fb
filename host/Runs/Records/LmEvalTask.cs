namespace LlmKick.Runs.Records;

/// <summary>What lm-evaluation-harness says of a task besides its metrics.</summary>
/// <param name="OutputType">How it asks: <c>multiple_choice</c>, <c>loglikelihood_rolling</c> or <c>generate_until</c>.</param>
/// <param name="Scores">Names of the numbers that each sample has.</param>
/// <param name="Hash">SHA-256 over the hashes of its samples.</param>
internal sealed record LmEvalTask(string OutputType, IReadOnlyList<string> Scores, string Hash);
