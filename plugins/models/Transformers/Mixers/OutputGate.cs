using LlmKick.Transformers.Layers;

namespace LlmKick.Transformers.Mixers;

/// <summary>A gate of what attention puts out.</summary>
/// <param name="Name">The linear that makes it; null where it is made beside each head's query, behind it.</param>
/// <param name="IsOfHead">Whether a head has one number; else each of its numbers has one.</param>
/// <param name="Activation">What is made of it.</param>
internal sealed record OutputGate(string? Name, bool IsOfHead, Activation Activation)
{
    /// <summary>Whether its rows stand before all others in the one matrix that makes queries, keys and values too.</summary>
    public bool IsFirst { get; init; }

    /// <summary>What is multiplied to its numbers before the activation, as many as it has; null for nothing.</summary>
    public ScaleSpec? Scale { get; init; }
}
