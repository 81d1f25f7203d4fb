using System.Text.Json.Serialization;

namespace LlmKick.Sdk.Compression;

/// <summary>Some weights are exactly zero.</summary>
/// <param name="Pattern">The N:M pattern as text (<c>2:4</c>), or null where zeros lie anywhere.</param>
public sealed record PrunedEncoding(string? Pattern) : LinearEncoding
{
    private const double MaskBit = 1;

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Kind => "pruned";

    /// <inheritdoc/>
    [JsonIgnore]
    public override bool IsPruned => true;

    /// <inheritdoc/>
    [JsonIgnore]
    public override LinearEncoding AsValues => this;

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Speed => Pattern == "2:4"
        ? "none here; NVIDIA GPUs from Ampere on multiply 2:4 matrices up to twice as fast"
        : "none, here or on common hardware: zeros in this pattern are multiplied like any other number";

    /// <summary>The weights that are left and a bit for each that says which, or all of them where that is smaller.</summary>
    /// <inheritdoc/>
    public override double StoredBits(double sparsity)
    {
        var whole = base.StoredBits(sparsity);
        return Math.Min(whole, whole * (1 - sparsity) + MaskBit);
    }
}
