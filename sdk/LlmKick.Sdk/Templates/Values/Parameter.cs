namespace LlmKick.Sdk.Templates.Values;

/// <summary>A parameter of a function.</summary>
internal sealed record Parameter(string Name, bool IsOptional, object? Default);
