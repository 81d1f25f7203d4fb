namespace LlmKick.Diagnosis;

/// <summary>How well a thing is.</summary>
internal enum FindingState
{
    /// <summary>Nothing to do.</summary>
    Ok,

    /// <summary>Works, with a drawback.</summary>
    Warning,

    /// <summary>Does not work.</summary>
    Problem,
}
