namespace LlmKick.Reports.Examples;

/// <summary>What a sample asks.</summary>
/// <param name="Text">The prompt, its beginning cut off where it is long.</param>
/// <param name="Target">The right answer; empty where there is none.</param>
internal sealed record Question(string Text, string Target);
