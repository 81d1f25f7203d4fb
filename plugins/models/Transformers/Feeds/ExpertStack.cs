namespace LlmKick.Transformers.Feeds;

/// <summary>How folders stack experts: gate and up in one tensor, down in another.</summary>
/// <param name="GateUp">The whole name of gate and up, [experts, 2 · inner, width].</param>
/// <param name="Down">The whole name of down, [experts, width, inner].</param>
internal sealed record ExpertStack(string GateUp, string Down)
{
    /// <summary>Whether slices are transposed.</summary>
    public bool Transposed { get; init; }

    /// <summary>Whether rows of gate and up take turns; else gate comes first.</summary>
    public bool Interleaved { get; init; }

    /// <summary>Whether the tensors are stored as MXFP4, which are not transposed.</summary>
    public bool IsMxfp4 { get; init; }
}
