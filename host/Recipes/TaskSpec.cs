namespace LlmKick.Recipes;

/// <summary>One thing to measure.</summary>
/// <param name="Name">Unique in the recipe and fit for a file name.</param>
/// <param name="Task">The task.</param>
/// <param name="Seed">Its seed.</param>
internal sealed record TaskSpec(string Name, ComponentUse Task, int Seed);
