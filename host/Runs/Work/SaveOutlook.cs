namespace LlmKick.Runs.Work;

/// <summary>What a checkpoint will be, or is.</summary>
/// <param name="Name">Its format and type.</param>
/// <param name="Path">Where it goes.</param>
/// <param name="Bytes">Bytes on disk; null where they are not known before the model is compressed.</param>
/// <param name="Faults">Why it will be refused.</param>
/// <param name="Notes">What is not exactly as the model is measured, or as its type says.</param>
/// <param name="IsDone">Whether it is written.</param>
internal sealed record SaveOutlook(string Name, string Path, long? Bytes, IReadOnlyList<string> Faults, IReadOnlyList<string> Notes,
    bool IsDone);
