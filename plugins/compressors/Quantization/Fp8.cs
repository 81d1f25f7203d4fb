using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Tensors;
using static TorchSharp.torch;

namespace LlmKick.Quantization;

/// <summary>8-bit floats (E4M3), the largest weight of a row or matrix becoming the largest number, 448.</summary>
internal sealed class Fp8(Fp8Options options) : FloatRounding(options)
{
    // Of E4M3: 1.75 · 2^8, its last code being NaN.
    private const double Largest = 448;
    private readonly bool _wholeMatrix = options.Per == GridShare.Tensor;

    /// <inheritdoc/>
    protected override QuantizedEncoding Encoding { get; } = new() { Format = CodeFormat.Fp8E4M3, Bits = 8, ScaleBits = 32 };

    /// <inheritdoc/>
    protected override bool HasOneScale => _wholeMatrix;

    /// <inheritdoc/>
    protected override Tensor Cut(Tensor weight) => _wholeMatrix ? weight.reshape(1, 1, -1) : base.Cut(weight);

    /// <inheritdoc/>
    protected override Tensor Scales(Tensor largest) => largest / Number.Of(Largest);
}
