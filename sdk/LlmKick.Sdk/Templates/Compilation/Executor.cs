namespace LlmKick.Sdk.Templates.Compilation;

/// <summary>A compiled statement.</summary>
internal delegate Flow Executor(Frame frame);
