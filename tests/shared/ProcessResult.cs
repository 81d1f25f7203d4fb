namespace LlmKick.Tests;

/// <summary>What a finished process left.</summary>
internal sealed record ProcessResult(int ExitCode, string Output, string Error);
