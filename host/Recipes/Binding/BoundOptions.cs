using System.Text.Json.Nodes;

namespace LlmKick.Recipes.Binding;

/// <summary>An options record with what a recipe gives it.</summary>
/// <param name="Options">The record.</param>
/// <param name="Values">The given values, in declaration order.</param>
internal sealed record BoundOptions(object Options, IReadOnlyList<OptionValue> Values)
{
    /// <summary>The given values as written.</summary>
    public JsonObject Given => new(Values.Select(value => KeyValuePair.Create(value.Option.Key, value.Given?.DeepClone())));
}
