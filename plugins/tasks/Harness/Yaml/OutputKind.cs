namespace LlmKick.Harness.Yaml;

/// <summary>How a task asks.</summary>
internal enum OutputKind
{
    /// <summary>Which of several continuations is the most probable.</summary>
    MultipleChoice,

    /// <summary>How probable one continuation is.</summary>
    Loglikelihood,

    /// <summary>How probable a whole text is.</summary>
    LoglikelihoodRolling,

    /// <summary>What the model writes.</summary>
    GenerateUntil,
}
