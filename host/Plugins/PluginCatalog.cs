using LlmKick.Sdk.Checkpoints;

namespace LlmKick.Plugins;

/// <summary>Everything that was found: what can be used, and what cannot and why.</summary>
/// <param name="Plugins">All plugins, in the order found.</param>
/// <param name="Components">What usable plugins offer.</param>
internal sealed record PluginCatalog(IReadOnlyList<PluginStatus> Plugins, IReadOnlyList<PluginComponent> Components)
{
    /// <summary>The formats that models can be saved in.</summary>
    public IReadOnlyList<ICheckpointWriter> Formats { get; } = [.. Components
        .Where(component => component.Kind == PluginKind.Format).Select(format => (ICheckpointWriter)format.Create(format))];

    /// <summary>Finds a component by kind and name.</summary>
    public PluginComponent? Find(PluginKind kind, string name) =>
        Components.FirstOrDefault(component => component.Kind == kind && component.Name == name);
}
