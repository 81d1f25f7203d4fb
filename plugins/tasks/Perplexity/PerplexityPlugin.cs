using LlmKick.Sdk;

namespace LlmKick.Perplexity;

/// <summary>Offers the perplexity task.</summary>
public sealed class PerplexityPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Register(IPluginRegistry registry) => registry.AddTask<PerplexityOptions>(
        "perplexity", "How well a model predicts a text: exp of the mean negative log-likelihood of its tokens.", options => new PerplexityTask(options));
}
