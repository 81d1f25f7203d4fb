namespace LlmKick.Recipes;

/// <summary>One thing to measure.</summary>
/// <param name="Name">Unique in the recipe and fit for a file name.</param>
/// <param name="Task">The task.</param>
/// <param name="Seed">Its seed.</param>
/// <param name="Group">The name without the seed, where it is one of several that differ in nothing else; null where not.</param>
internal sealed record TaskSpec(string Name, ComponentUse Task, int Seed, string? Group);
