using System.Text.Json.Serialization;

namespace LlmKick.Sdk.Compression;

/// <summary>How a linear's weight is stored: evaluation, checkpoints and size accounting read it.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(DenseEncoding), "dense")]
[JsonDerivedType(typeof(PrunedEncoding), "pruned")]
[JsonDerivedType(typeof(QuantizedEncoding), "quantized")]
public abstract record LinearEncoding
{
    /// <summary>Every weight stored.</summary>
    public static LinearEncoding Dense { get; } = new DenseEncoding();

    /// <summary>Whether the weight's zeros were made by pruning: they are to stay, and to be counted.</summary>
    [JsonIgnore]
    public virtual bool IsPruned => false;
}
