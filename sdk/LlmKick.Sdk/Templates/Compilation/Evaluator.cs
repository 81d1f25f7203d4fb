namespace LlmKick.Sdk.Templates.Compilation;

/// <summary>A compiled expression.</summary>
internal delegate object? Evaluator(Frame frame);
