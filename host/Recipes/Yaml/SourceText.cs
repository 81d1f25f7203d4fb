namespace LlmKick.Recipes.Yaml;

/// <summary>Where YAML comes from: the recipe's file or an override.</summary>
/// <param name="Name">The name in messages.</param>
/// <param name="Folder">What relative paths are relative to.</param>
internal sealed record SourceText(string Name, string Folder);
