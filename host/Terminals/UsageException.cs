namespace LlmKick.Terminals;

/// <summary>The command line is wrong: shown as its message, with <see cref="ExitCode.Wrong"/>.</summary>
/// <param name="message">What was given, what is wrong and what to do.</param>
internal sealed class UsageException(string message) : Exception(message);
