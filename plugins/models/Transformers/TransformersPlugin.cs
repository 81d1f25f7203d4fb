using LlmKick.Sdk;
using LlmKick.Transformers.Export;

namespace LlmKick.Transformers;

/// <summary>Decoder-only transformers from GGUF files and Hugging Face folders.</summary>
public sealed class TransformersPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Register(IPluginRegistry registry)
    {
        ArgumentNullException.ThrowIfNull(registry);
        registry.AddModel<TransformersOptions>("transformers", "Decoder-only transformers from GGUF files and Hugging Face folders.",
            options => new TransformersLoader(options));
        foreach (var writer in ModelWriters.All)
            registry.AddCheckpointFormat(writer);
    }
}
