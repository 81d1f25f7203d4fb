using LlmKick.Sdk.Checkpoints;
using LlmKick.Sdk.Models;

namespace LlmKick.Plugins;

/// <summary>The formats that a kind of model can be saved in.</summary>
internal static class WrittenFormats
{
    /// <summary>The formats; none of other components, or of models that cannot be written.</summary>
    public static IReadOnlyList<CheckpointFormat> Of(PluginComponent component, PluginCatalog catalog) =>
        component.Kind == PluginKind.Model
            && ((IModelLoader)component.Create(Activator.CreateInstance(component.Options.Type)!)).Checkpoints is not null
                ? [.. catalog.Formats.Select(writer => writer.Format)] : [];
}
