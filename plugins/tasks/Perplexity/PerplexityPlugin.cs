using LlmKick.Perplexity.Divergence;
using LlmKick.Sdk;

namespace LlmKick.Perplexity;

/// <summary>Offers tasks over predictions of a text.</summary>
public sealed class PerplexityPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Register(IPluginRegistry registry)
    {
        registry.AddTask<PerplexityOptions>(
            "perplexity", "How well a model predicts a text: exp of the mean negative log-likelihood of its tokens.",
            options => new PerplexityTask(options));
        registry.AddTask<DivergenceOptions>(
            "divergence", "How far a compressed model's predictions are from the dense model's, token by token: KL, top-1 agreement, "
                + "acceptance rate.", options => new DivergenceTask(options));
    }
}
