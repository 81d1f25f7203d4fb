namespace LlmKick.Recipes.Yaml;

/// <summary>A value in a recipe.</summary>
/// <param name="Place">Where it stands.</param>
internal abstract record Node(Place Place);
