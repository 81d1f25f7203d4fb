using LlmKick.Sdk;

namespace LlmKick.Endpoint;

/// <summary>Offers models that a server computes.</summary>
public sealed class EndpointPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Register(IPluginRegistry registry) => registry.AddModel<EndpointOptions>(
        "endpoint", "A chat model behind an OpenAI-compatible server, to judge answers.", options => new EndpointLoader(options));
}
