using LlmKick.Sdk.Tensors;
using static TorchSharp.torch;

namespace LlmKick.Transformers.Positions;

/// <summary>θ^(−2i/d).</summary>
internal static class RotaryFrequencies
{
    /// <summary>The frequencies as the reference computes them, float32 [width / 2] on the CPU, in the caller's scope.</summary>
    /// <param name="theta">θ.</param>
    /// <param name="width">Twice their number.</param>
    /// <param name="divisor">d.</param>
    public static Tensor Of(double theta, int width, int divisor)
    {
        using var scope = NewDisposeScope();
        var exponents = arange(Number.Of(0), Number.Of(width), Number.Of(2), ScalarType.Int64).to_type(ScalarType.Float32)
            .div(Number.Of(divisor));
        return tensor((float)theta).pow(exponents).reciprocal().MoveToOuterDisposeScope();
    }

    /// <summary>The frequencies of a text of some regime.</summary>
    public static Tensor Of(RotarySpec rotary, long regime)
    {
        var plain = Of(rotary.Base, rotary.Width, rotary.Width);
        return rotary.Scaling?.Scale(plain, rotary, regime) ?? plain;
    }
}
