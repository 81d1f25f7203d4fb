using System.Text.Json.Serialization;

namespace LlmKick.Sdk.Compression;

/// <summary>Every weight is stored in the model's dtype.</summary>
public sealed record DenseEncoding : LinearEncoding
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Kind => "dense";

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Speed => "none: not compressed";
}
