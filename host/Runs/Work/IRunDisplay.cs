using LlmKick.Sdk;

namespace LlmKick.Runs.Work;

/// <summary>Shows what a run is doing.</summary>
internal interface IRunDisplay
{
    /// <summary>Told how far a piece of work has come; called often and from several threads.</summary>
    /// <param name="variant">The variant's name.</param>
    /// <param name="update">How far its work has come.</param>
    void Show(string variant, ProgressUpdate update);

    /// <summary>Shows a line that stays.</summary>
    /// <param name="line">Plain text.</param>
    void Note(string line);
}
