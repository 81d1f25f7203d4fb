namespace LlmKick.Sdk.Testing.Conformance;

/// <summary>What a model may answer that no task hopes for.</summary>
public enum HostileAnswer
{
    /// <summary>No text; all log-probabilities equal.</summary>
    Empty,

    /// <summary>Spaces and line breaks; log-probabilities of 0.</summary>
    Blank,

    /// <summary>A hundred thousand characters; log-probabilities far below 0.</summary>
    VeryLong,

    /// <summary>Control characters.</summary>
    ControlCharacters,

    /// <summary>Halves of surrogate pairs, and characters that combine.</summary>
    BrokenUnicode,

    /// <summary>Quotes, brackets, numbers and patterns that readers of text trip over.</summary>
    Markup,

    /// <summary>Choices that are impossible (-∞) or no number at all.</summary>
    Impossible,
}
