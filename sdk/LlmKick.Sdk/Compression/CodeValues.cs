namespace LlmKick.Sdk.Compression;

/// <summary>The numbers that the codes of a format stand for.</summary>
public static class CodeValues
{
    private static readonly float[] Nf4 =
    [
        -1, -0.6961928009986877f, -0.5250730514526367f, -0.39491748809814453f, -0.28444138169288635f, -0.18477343022823334f,
        -0.09105003625154495f, 0,
        0.07958029955625534f, 0.16093020141124725f, 0.24611230194568634f, 0.33791524171829224f, 0.44070982933044434f, 0.5626170039176941f,
        0.7229568362236023f, 1,
    ];

    private static readonly float[] Fp4 = [.. Enumerable.Range(0, 16).Select(code => Small(code, 2, 1))];

    private static readonly float[] Fp8 =
        [.. Enumerable.Range(0, 256).Select(code => (code & 0x7F) == 0x7F ? float.NaN : Small(code, 4, 3))];

    /// <summary>The number of each code, in the order of the codes; the codes of a float format have the sign in their highest
    /// bit.</summary>
    /// <param name="format">A format other than <see cref="CodeFormat.Integer"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The format's codes are integers themselves.</exception>
    public static IReadOnlyList<float> Of(CodeFormat format) => format switch
    {
        CodeFormat.Nf4 => Nf4,
        CodeFormat.Fp4E2M1 => Fp4,
        CodeFormat.Fp8E4M3 => Fp8,
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, "The codes are integers and have no table."),
    };

    /// <summary>A float of a sign bit and few others, with subnormal numbers and without infinities.</summary>
    private static float Small(int code, int exponentBits, int mantissaBits)
    {
        var bias = (1 << (exponentBits - 1)) - 1;
        var (exponent, mantissa) = (code >> mantissaBits & ((1 << exponentBits) - 1), code & ((1 << mantissaBits) - 1));
        var magnitude = exponent == 0
            ? MathF.ScaleB(mantissa, 1 - bias - mantissaBits)
            : MathF.ScaleB((1 << mantissaBits) + mantissa, exponent - bias - mantissaBits);
        return code >> (exponentBits + mantissaBits) == 0 ? magnitude : -magnitude;
    }
}
