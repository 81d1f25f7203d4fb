namespace LlmKick.Recipes.Yaml;

/// <summary>Where something stands.</summary>
/// <param name="Source">The text.</param>
/// <param name="Line">Line, from 1.</param>
/// <param name="Column">Column, from 1.</param>
internal readonly record struct Place(SourceText Source, int Line, int Column);

/// <summary>Where YAML comes from: the recipe's file or an override.</summary>
/// <param name="Name">The name in messages.</param>
/// <param name="Folder">What relative paths are relative to.</param>
internal sealed record SourceText(string Name, string Folder);
