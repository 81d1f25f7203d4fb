namespace LlmKick.Terminals;

/// <summary>How much is told on stderr.</summary>
internal enum Verbosity
{
    /// <summary>Warnings and errors.</summary>
    Quiet,

    /// <summary>What is being done, too.</summary>
    Normal,

    /// <summary>Everything, with stack traces.</summary>
    Debug,
}
