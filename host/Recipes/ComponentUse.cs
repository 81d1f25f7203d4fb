using System.Text.Json.Nodes;
using LlmKick.Plugins;

namespace LlmKick.Recipes;

/// <summary>A component with the options a recipe gives it, bound and checked.</summary>
/// <param name="Component">The component.</param>
/// <param name="Options">The bound options record; paths are absolute.</param>
/// <param name="Given">The options as given, keys in declaration order, sweeps resolved: for reports.</param>
internal sealed record ComponentUse(PluginComponent Component, object Options, JsonObject Given);
