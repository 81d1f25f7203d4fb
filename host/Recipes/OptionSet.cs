namespace LlmKick.Recipes;

/// <summary>The options of a component, read from its options record.</summary>
/// <param name="Type">The record.</param>
/// <param name="Options">Its options, the required ones first, then in declaration order.</param>
internal sealed record OptionSet(Type Type, IReadOnlyList<OptionDescription> Options);
