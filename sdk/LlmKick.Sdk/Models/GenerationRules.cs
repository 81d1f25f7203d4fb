namespace LlmKick.Sdk.Models;

/// <summary>What a model's makers ask of the choice of tokens, beyond what a request says: applied to logits before a token is taken or
/// drawn, as transformers does.</summary>
public sealed record GenerationRules
{
    /// <summary>Logits of tokens that the prompt or the text has are divided by this where they are above 0, else multiplied (Keskar et
    /// al., arXiv 1909.05858).</summary>
    /// <value>1: they stay.</value>
    public double RepetitionPenalty { get; init; } = 1;

    /// <summary>No sequence of so many tokens is written twice, the prompt counted.</summary>
    /// <value>0: any may be.</value>
    public int NoRepeatNgramSize { get; init; }

    /// <summary>Ids that are never written.</summary>
    /// <value>None.</value>
    public IReadOnlyList<int> SuppressTokens { get; init; } = [];

    /// <summary>Ids that no text begins with.</summary>
    /// <value>None.</value>
    public IReadOnlyList<int> BeginSuppressTokens { get; init; } = [];
}
