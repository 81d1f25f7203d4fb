using LlmKick.Sdk.Compression;
using static TorchSharp.torch;

namespace LlmKick.Quantization;

/// <summary>4-bit NormalFloat of QLoRA (Dettmers et al., arXiv 2305.14314): groups of 64, scaled by their largest magnitude; scales are not
/// quantized again.</summary>
internal sealed class Nf4(FloatOptions options) : FloatRounding(options)
{
    /// <inheritdoc/>
    protected override QuantizedEncoding Encoding { get; } = new() { Format = CodeFormat.Nf4, Bits = 4, ScaleBits = 32, GroupSize = 64 };

    /// <inheritdoc/>
    protected override Tensor Scales(Tensor largest) => largest;
}
