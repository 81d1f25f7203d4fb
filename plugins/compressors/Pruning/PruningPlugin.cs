using LlmKick.Sdk;

namespace LlmKick.Pruning;

/// <summary>Methods that set weights to zero.</summary>
public sealed class PruningPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Register(IPluginRegistry registry)
    {
        registry.AddCompressor<PruningOptions>("magnitude", "Removes the smallest weights of each matrix. Needs no calibration.",
            o => new Magnitude(o));
        registry.AddCompressor<PruningOptions>("wanda", "Removes the weights with the smallest |weight| × input norm of each output row.",
            o => new Wanda(o));
        registry.AddCompressor<SparseGptOptions>("sparsegpt",
            "Removes weights column by column and lets the rest make up for it (second-order solver).", o => new SparseGpt(o));
        registry.AddCompressor<PruningOptions>("random",
            "Removes weights at random: the baseline that every method must beat. Needs no calibration.", o => new RandomPruning(o));
    }
}
