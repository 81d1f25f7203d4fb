namespace LlmKick.Runs.Work;

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
