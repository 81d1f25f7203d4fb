namespace LlmKick.Runs.Work;

/// <summary>How far a variant is, and what is left of it.</summary>
/// <param name="Variant">The variant's name.</param>
/// <param name="Blocks">Blocks to compress over all stages; 0 where nothing is compressed.</param>
/// <param name="BlocksDone">Blocks that are kept, or all where nothing needs them any more.</param>
/// <param name="Tasks">Its tasks.</param>
/// <param name="Saves">Its checkpoints.</param>
/// <param name="Memory">About what it takes in memory; null where that is not known, or where nothing is left to do.</param>
/// <param name="Fit">Whether its methods take the model's linears.</param>
internal sealed record VariantOutlook(string Variant, int Blocks, int BlocksDone, IReadOnlyList<TaskOutlook> Tasks,
    IReadOnlyList<SaveOutlook> Saves, MemoryForecast? Memory, MethodFit Fit);

/// <summary>How far a task on a variant is, and what is left of it.</summary>
/// <param name="Task">The task's name.</param>
/// <param name="IsDone">Whether nothing is left.</param>
/// <param name="Error">Why it failed last time, or null.</param>
/// <param name="Samples">Samples in all.</param>
/// <param name="Batches">Batches in all; 0 where the task is done.</param>
/// <param name="BatchesDone">Batches that are kept.</param>
/// <param name="Requests">First requests that are left.</param>
/// <param name="Tokens">Tokens that they let the model compute, without answers to further turns.</param>
internal sealed record TaskOutlook(string Task, bool IsDone, string? Error, int Samples, int Batches, int BatchesDone, long Requests,
    long Tokens);

/// <summary>What a checkpoint will be, or is.</summary>
/// <param name="Name">Its format and type.</param>
/// <param name="Path">Where it goes.</param>
/// <param name="Bytes">Bytes on disk; null where they are not known before the model is compressed.</param>
/// <param name="Faults">Why it will be refused.</param>
/// <param name="Notes">What is not exactly as the model is measured, or as its type says.</param>
/// <param name="IsDone">Whether it is written.</param>
internal sealed record SaveOutlook(string Name, string Path, long? Bytes, IReadOnlyList<string> Faults, IReadOnlyList<string> Notes,
    bool IsDone);
