using System.Text;
using System.Text.Json.Serialization;
using TorchSharp;

namespace LlmKick.Sdk.Compression;

/// <summary>How a linear's weight is stored: evaluation, checkpoints and size accounting read it. A plugin may have kinds of its own,
/// registered by <see cref="IPluginRegistry.AddEncoding{TEncoding}"/>.</summary>
/// <remarks>
/// A kind is a record: what can be set of it (properties with <c>init</c>) is stored as JSON with a compressed block, and with it the
/// tensors of <see cref="Linear.Parts"/>. What is computed with is what <see cref="Decode"/> makes of them, in the first run and in one
/// that goes on with stored blocks.
/// </remarks>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(DenseEncoding), "dense")]
[JsonDerivedType(typeof(PrunedEncoding), "pruned")]
[JsonDerivedType(typeof(QuantizedEncoding), "quantized")]
public abstract record LinearEncoding
{
    /// <summary>Bits of a weight that is not compressed: models are shipped in 16.</summary>
    private const double ShippedBits = 16;

    /// <summary>Every weight stored.</summary>
    public static LinearEncoding Dense { get; } = new DenseEncoding();

    /// <summary>The kind's name, as it is registered: stored runs and messages have it.</summary>
    [JsonIgnore]
    public abstract string Kind { get; }

    /// <summary>Whether the weight's zeros were made by pruning: they are to stay, and to be counted.</summary>
    [JsonIgnore]
    public virtual bool IsPruned => false;

    /// <summary>Names of the tensors that the weight is stored as, such as <c>codes</c>; a linear need not have all. Empty where its values
    /// are stored.</summary>
    [JsonIgnore]
    public virtual IReadOnlyList<string> PartNames => [];

    /// <summary>How the weight is stored where its parts are lost and its values are left, since they were scaled.</summary>
    /// <value><see cref="Dense"/>.</value>
    [JsonIgnore]
    public virtual LinearEncoding AsValues => Dense;

    /// <summary>Where weights stored so are faster than the dense model, and where not. What is evaluated here is computed with decoded
    /// weights.</summary>
    [JsonIgnore]
    public virtual string Speed => "none here: it is computed with decoded weights";

    /// <summary>Bits a weight where it is stored in the smallest common form, with everything that is stored beside it.</summary>
    /// <param name="sparsity">Share of its weights that are zero.</param>
    /// <value>16, as models are shipped.</value>
    public virtual double StoredBits(double sparsity) => ShippedBits;

    /// <summary>The weight that parts stand for. The same parts always give the same values.</summary>
    /// <param name="parts">The tensors by their names, in the CPU's memory; they stay as they are.</param>
    /// <returns>[outputs, inputs] of floats, owned by the caller's dispose scope.</returns>
    /// <exception cref="ArgumentException">A part is missing or of another shape.</exception>
    public virtual torch.Tensor Decode(IReadOnlyDictionary<string, torch.Tensor> parts) =>
        throw new ArgumentException($"Weights stored as '{Kind}' have no parts.", nameof(parts));

    /// <summary>A kind is printed with what can be set of it alone.</summary>
    /// <param name="builder">Takes the text.</param>
    protected virtual bool PrintMembers(StringBuilder builder) => false;
}
