using TorchSharp;

namespace LlmKick.Sdk.Tensors;

/// <summary>
/// Plain numbers as libtorch takes them: <c>tensor.clamp_min_(Number.Of(1e-5))</c>. Every number that is handed to libtorch is made here.
/// </summary>
/// <remarks>
/// TorchSharp converts a plain number to a <see cref="Scalar"/> by itself, and that one may be freed too early: once its native handle was
/// read nothing holds it, and a collection on another thread frees it before libtorch has looked at it. What stands there then is an
/// exception, or another number and no exception. A number made here is held past the call. Do not dispose it: others share it.
/// Values seen early are held for ever, so a call costs a look-up; after 65,536 different ones a thread holds the last 4,096 that it made.
/// Hand a number on at once, or keep it in a field or a local that is used after the call.
/// </remarks>
public static class Number
{
#pragma warning disable RS0030 // what is made here is held
    private static readonly HeldScalars Reals = new(bits => BitConverter.Int64BitsToDouble(bits).ToScalar());
    private static readonly HeldScalars Integers = new(value => value.ToScalar());
    private static readonly HeldScalars Truths = new(value => (value != 0).ToScalar());
#pragma warning restore RS0030

    /// <summary>The integer 1, as in <c>left.add(right, Number.One)</c>.</summary>
    public static Scalar One => Of(1L);

    /// <summary>A real number, float64.</summary>
    /// <param name="value">Any value; infinities, NaN and −0 stay what they are.</param>
    public static Scalar Of(double value) => Reals.Of(BitConverter.DoubleToInt64Bits(value));

    /// <summary>A real number, float64: every float32 is one.</summary>
    /// <param name="value">Any value; infinities, NaN and −0 stay what they are.</param>
    public static Scalar Of(float value) => Of((double)value);

    /// <summary>An integer, int64.</summary>
    /// <param name="value">Any value.</param>
    public static Scalar Of(long value) => Integers.Of(value);

    /// <summary>An integer, int64: libtorch has no shorter one.</summary>
    /// <param name="value">Any value.</param>
    public static Scalar Of(int value) => Of((long)value);

    /// <summary>A truth value.</summary>
    /// <param name="value">Either.</param>
    public static Scalar Of(bool value) => Truths.Of(value ? 1 : 0);
}
