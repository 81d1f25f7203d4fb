namespace LlmKick.Sdk.Templates.Compilation;

/// <summary>How a statement ended.</summary>
internal enum Flow
{
    Next,
    Break,
    Continue,
}
