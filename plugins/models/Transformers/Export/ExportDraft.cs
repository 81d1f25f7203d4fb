namespace LlmKick.Transformers.Export;

/// <summary>A model as a format would have it, nothing of it written yet.</summary>
/// <param name="Faults">Why it cannot be written.</param>
/// <param name="Notes">What will not be exactly as the model is.</param>
/// <param name="Files">The files.</param>
/// <param name="TensorCount">Tensors in all files.</param>
internal sealed record ExportDraft(IReadOnlyList<string> Faults, IReadOnlyList<string> Notes, IReadOnlyList<DraftFile> Files,
    int TensorCount)
{
    public long Bytes => Files.Sum(file => file.Length);

    public static ExportDraft Refused(IReadOnlyList<string> faults) => new(faults, [], [], 0);
}
