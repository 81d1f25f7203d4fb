namespace LlmKick.Sdk;

/// <summary>How far a piece of long work has come.</summary>
/// <param name="Stage">What is being done, such as <c>wanda</c> or <c>mmlu</c>.</param>
/// <param name="Done">Units done so far.</param>
/// <param name="Total">Units in all.</param>
/// <param name="Unit">What is counted, in the singular: <c>block</c>, <c>request</c>, <c>token</c>.</param>
public readonly record struct ProgressUpdate(string Stage, long Done, long Total, string Unit);
