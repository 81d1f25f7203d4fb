namespace LlmKick.Sdk.Checkpoints;

/// <summary>A model as a format would have it, nothing of it written yet.</summary>
/// <param name="Files">The files; one alone where the format has an extension.</param>
public sealed record CheckpointDraft(IReadOnlyList<CheckpointFile> Files)
{
    /// <summary>Why the model cannot be written, each reason a sentence that says of which tensors; empty where it can.</summary>
    public IReadOnlyList<string> Faults { get; init; } = [];

    /// <summary>What will not be exactly as the model is, each a sentence.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>How many tensors its files tell of while they are written; 0 where they tell nothing.</summary>
    public int TensorCount { get; init; }

    /// <summary>Bytes of all files together.</summary>
    public long Bytes => Files.Sum(file => file.Length);

    /// <summary>A draft of what cannot be written.</summary>
    /// <param name="faults">Why, at least one sentence.</param>
    public static CheckpointDraft Refused(params IReadOnlyList<string> faults) => new([]) { Faults = faults };
}
