using LlmKick.Sdk;

namespace Contoso.Plugin_1;

/// <summary>What <c>llmkick</c> finds: one public class that names everything the assembly offers.</summary>
public sealed class Plugin : IPlugin
{
    /// <inheritdoc/>
    public void Register(IPluginRegistry registry) =>
        registry.AddModel<BigramOptions>("contoso-plugin", "Counts which byte follows which in a text.",
            options => new BigramLoader(options));
}
