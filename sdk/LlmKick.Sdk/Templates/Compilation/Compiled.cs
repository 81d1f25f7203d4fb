namespace LlmKick.Sdk.Templates.Compilation;

/// <summary>A compiled expression.</summary>
internal delegate object? Evaluator(Frame frame);

/// <summary>A compiled statement.</summary>
internal delegate Flow Executor(Frame frame);

/// <summary>How a statement ended.</summary>
internal enum Flow
{
    Next,
    Break,
    Continue,
}
