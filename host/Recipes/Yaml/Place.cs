namespace LlmKick.Recipes.Yaml;

/// <summary>Where something stands.</summary>
/// <param name="Source">The text.</param>
/// <param name="Line">Line, from 1.</param>
/// <param name="Column">Column, from 1.</param>
internal readonly record struct Place(SourceText Source, int Line, int Column);
