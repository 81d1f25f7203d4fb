namespace LlmKick.Sdk;

/// <summary>The entry point of a plugin assembly: one public class with a parameterless constructor.</summary>
/// <remarks>The host creates it once, in the plugin's own load context, and shows an exception thrown here as the plugin's
/// status.</remarks>
public interface IPlugin
{
    /// <summary>Names everything that the plugin offers.</summary>
    /// <param name="registry">Takes the plugin's compressors, models and tasks.</param>
    void Register(IPluginRegistry registry);
}
