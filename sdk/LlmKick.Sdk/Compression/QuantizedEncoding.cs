using System.Text.Json.Serialization;
using TorchSharp;

namespace LlmKick.Sdk.Compression;

/// <summary>A few bits a weight, and scales for many weights together; <see cref="Linear.Quantized"/> has them.</summary>
public sealed record QuantizedEncoding : LinearEncoding
{
    /// <summary>What the codes stand for.</summary>
    public required CodeFormat Format { get; init; }

    /// <summary>Bits of a code.</summary>
    public required int Bits { get; init; }

    /// <summary>Bits that a scale takes where it is stored.</summary>
    /// <value>16.</value>
    public int ScaleBits { get; init; } = 16;

    /// <summary>Consecutive inputs of a row that share a scale, or null where whole rows or the whole matrix do.</summary>
    public int? GroupSize { get; init; }

    /// <summary>Whether the grid of <see cref="CodeFormat.Integer"/> is symmetric: its zero is 2^(bits − 1) everywhere.</summary>
    public bool Symmetric { get; init; }

    /// <summary>How inputs are rounded, so that the product is one of integers; null where it is one of floats, with what the codes stand
    /// for.</summary>
    public ActivationScheme? Activations { get; init; }

    /// <summary>How the weight was pruned before, if it was: its zeros are still zeros.</summary>
    public PrunedEncoding? Pruned { get; init; }

    /// <summary>What is to be known of rows that the groups do not divide, the end of a sentence about the linear; null where they
    /// do.</summary>
    /// <param name="inputs">The linear's inputs.</param>
    public string? NoteOfGroups(long inputs) => GroupSize is not { } size || inputs % size == 0 ? null
        : $"has {inputs} inputs, which groups of {size} do not divide: "
            + (inputs < size ? "each row is one group" : $"the last group of each row has {inputs % size}");

    /// <summary>Bits a weight with scales, zeros and the columns' order.</summary>
    public double BitsPerWeight { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Kind => "quantized";

    /// <inheritdoc/>
    [JsonIgnore]
    public override bool IsPruned => Pruned is not null;

    /// <inheritdoc/>
    [JsonIgnore]
    public override IReadOnlyList<string> PartNames => QuantizedWeight.PartNames;

    /// <inheritdoc/>
    [JsonIgnore]
    public override LinearEncoding AsValues => Pruned ?? Dense;

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Speed => this switch
    {
        { Activations: not null } => "computed with integers, here and on GPUs",
        { Format: CodeFormat.Integer, Bits: > 8 } => "no speed: no engine computes with integers of this width",
        { Format: CodeFormat.Integer } =>
            "none here; faster decoding in engines that keep the integers packed (llama.cpp, vLLM), as far as memory is the limit",
        { Format: CodeFormat.Fp8E4M3 } => "none here; faster on GPUs that compute in fp8 (NVIDIA from Ada and Hopper on)",
        _ => "none here; faster decoding in engines that keep the codes packed, as far as memory is the limit",
    };

    /// <inheritdoc/>
    public override double StoredBits(double sparsity) => BitsPerWeight;

    /// <inheritdoc/>
    public override torch.Tensor Decode(IReadOnlyDictionary<string, torch.Tensor> parts) => QuantizedWeight.Of(this, parts).Decode();
}
