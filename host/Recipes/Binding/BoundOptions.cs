using System.Text.Json.Nodes;
using LlmKick.Options;

namespace LlmKick.Recipes.Binding;

/// <summary>An options record with what a recipe gives it.</summary>
/// <param name="Options">The record.</param>
/// <param name="Values">The given values, in declaration order.</param>
internal sealed record BoundOptions(object Options, IReadOnlyList<OptionValue> Values)
{
    /// <summary>The given values as written.</summary>
    public JsonObject Given => new(Values.Select(value => KeyValuePair.Create(value.Option.Key, value.Given?.DeepClone())));
}

/// <summary>A value given to an option.</summary>
/// <param name="Option">The option.</param>
/// <param name="Value">The value as the options record takes it.</param>
/// <param name="Given">The value as written.</param>
/// <param name="IsSwept">Whether it is one of several.</param>
internal sealed record OptionValue(OptionDescription Option, object? Value, JsonNode? Given, bool IsSwept);
