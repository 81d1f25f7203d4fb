using LlmKick.Sdk;

namespace Contoso.Plugin_1;

/// <summary>What <c>llmkick</c> finds: one public class that names everything the assembly offers.</summary>
public sealed class Plugin : IPlugin
{
    /// <inheritdoc/>
    public void Register(IPluginRegistry registry) =>
        registry.AddTask<MinimalPairsOptions>("contoso-plugin",
            "Which of two sentences is grammatical (after BLiMP, Warstadt et al., 2020).", options => new MinimalPairs(options));
}
