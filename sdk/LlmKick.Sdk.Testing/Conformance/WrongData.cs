namespace LlmKick.Sdk.Testing.Conformance;

/// <summary>A data file that a task must refuse.</summary>
/// <param name="File">The file's path in the test's folder: one that the valid data have.</param>
/// <param name="Content">What it holds instead.</param>
/// <param name="Line">The line that the error must name as <c>file:line</c>, from 1; null where the fault is not of one line.</param>
public sealed record WrongData(string File, string Content, int? Line = null);
