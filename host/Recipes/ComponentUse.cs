using System.Text.Json.Nodes;
using LlmKick.Plugins;
using LlmKick.Recipes.Binding;

namespace LlmKick.Recipes;

/// <summary>A component with the options a recipe gives it, bound and checked.</summary>
/// <param name="Component">The component.</param>
/// <param name="Options">The bound options record; paths are absolute.</param>
/// <param name="Given">The options as given, keys in declaration order, sweeps resolved: for reports.</param>
internal sealed record ComponentUse(PluginComponent Component, object Options, JsonObject Given);

/// <summary>A component with one setting of its options.</summary>
/// <param name="Component">The component.</param>
/// <param name="Bound">The options with the given values, from which names are derived.</param>
internal sealed record Stage(PluginComponent Component, BoundOptions Bound)
{
    public ComponentUse Use => new(Component, Bound.Options, Bound.Given);

    public (string Component, IReadOnlyList<OptionValue> Values) Naming => (Component.Name, Bound.Values);
}
