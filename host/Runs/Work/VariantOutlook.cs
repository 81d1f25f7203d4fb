namespace LlmKick.Runs.Work;

/// <summary>How far a variant is, and what is left of it.</summary>
/// <param name="Variant">The variant's name.</param>
/// <param name="Blocks">Blocks to compress over all stages; 0 where nothing is compressed.</param>
/// <param name="BlocksDone">Blocks that are kept, or all where nothing needs them any more.</param>
/// <param name="Tasks">Its tasks.</param>
/// <param name="Saves">Its checkpoints.</param>
internal sealed record VariantOutlook(string Variant, int Blocks, int BlocksDone, IReadOnlyList<TaskOutlook> Tasks,
    IReadOnlyList<SaveOutlook> Saves);
