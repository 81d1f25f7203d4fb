using LlmKick.Sdk.Models;
using LlmKick.Storage;

namespace LlmKick.Runs.Records;

/// <summary>What became of a variant.</summary>
/// <param name="Fingerprint">Fingerprint of its compression.</param>
/// <param name="Seconds">Time the compression took.</param>
/// <param name="Sparsity">Its zeros, or null where it failed.</param>
/// <param name="Size">What it takes to store, or null where it failed.</param>
/// <param name="Model">What was loaded, or null where it failed.</param>
/// <param name="Error">Why it failed, or null.</param>
internal sealed record VariantRecord(string Fingerprint, double Seconds, SparsityRecord? Sparsity, SizeRecord? Size,
    ModelDescription? Model, string? Error = null)
{
    /// <summary>How fast it reads, where it is computed otherwise than the untouched model, or is that model itself; else null.</summary>
    public SpeedRecord? Reading { get; init; }

    /// <summary>How much of the linears was compressed; null where nothing was done to them.</summary>
    public CoverageRecord? Coverage { get; init; }

    /// <summary>Where its calibration data were too poor for what was asked of them; null where nowhere.</summary>
    public DataRecord? Data { get; init; }

    /// <summary>Lines that were written of its linears; null where there were none, and in records of older versions.</summary>
    public int? Layers { get; init; }

    /// <summary>A failure.</summary>
    public static VariantRecord Failed(string fingerprint, string error) => new(fingerprint, 0, null, null, null, error);
}
