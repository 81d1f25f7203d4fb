using System.Text.Json.Nodes;
using LlmKick.Options;

namespace LlmKick.Recipes.Binding;

/// <summary>A value given to an option.</summary>
/// <param name="Option">The option.</param>
/// <param name="Value">The value as the options record takes it.</param>
/// <param name="Given">The value as written.</param>
/// <param name="IsSwept">Whether it is one of several.</param>
internal sealed record OptionValue(OptionDescription Option, object? Value, JsonNode? Given, bool IsSwept);
