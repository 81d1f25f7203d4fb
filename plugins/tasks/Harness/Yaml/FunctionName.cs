namespace LlmKick.Harness.Yaml;

/// <summary>A value written <c>!function module.name</c>: code that lies beside the file and is not run.</summary>
/// <param name="Name">Such as <c>utils.process_docs</c>.</param>
internal sealed record FunctionName(string Name);
