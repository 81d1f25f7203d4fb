using LlmKick.Sdk;

namespace LlmKick.Harness;

/// <summary>Offers the tasks of lm-evaluation-harness, read from its own files.</summary>
public sealed class HarnessPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Register(IPluginRegistry registry) => registry.AddTask<HarnessOptions>("harness",
        "Tasks of lm-evaluation-harness, from their YAML files: the same prompts, draws, filters and metrics.",
        options => new HarnessTask(options));
}
