namespace LlmKick.Perplexity.Divergence;

/// <summary>What the models read while they are compared.</summary>
internal enum DivergenceSource
{
    /// <summary>A text, in windows.</summary>
    Text,

    /// <summary>What the dense model itself answers greedily to prompts.</summary>
    Answers,
}
