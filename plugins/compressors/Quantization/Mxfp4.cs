using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Tensors;
using static TorchSharp.torch;

namespace LlmKick.Quantization;

/// <summary>MXFP4 (OCP Microscaling Formats 1.0, section 6.3): groups of 32 E2M1 floats with a power of two as scale.</summary>
internal sealed class Mxfp4(FloatOptions options) : FloatRounding(options)
{
    // Of E2M1, whose largest number is 1.5 · 2^2; scales are E8M0, powers of two from −127 to 127.
    private const int LargestExponent = 2;
    private const int ScaleLimit = 127;

    /// <inheritdoc/>
    protected override QuantizedEncoding Encoding { get; } = new() { Format = CodeFormat.Fp4E2M1, Bits = 4, ScaleBits = 8, GroupSize = 32 };

    /// <summary>2 to the exponent of the largest magnitude less that of the largest E2M1 number.</summary>
    protected override Tensor Scales(Tensor largest)
    {
        var exponent = frexp(largest).Exponent.sub(Number.Of(1 + LargestExponent)).clamp_(Number.Of(-ScaleLimit), Number.Of(ScaleLimit));
        return ldexp(ones_like(largest), exponent);
    }
}
