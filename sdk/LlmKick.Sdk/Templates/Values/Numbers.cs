using System.Numerics;

namespace LlmKick.Sdk.Templates.Values;

/// <summary>Numbers of different kinds together.</summary>
internal static class Numbers
{
    /// <summary>The order of two numbers, exactly; null where one is no number.</summary>
    public static int? Compare(object left, object right)
    {
        if (Types.Integer(left) is { } a && Types.Integer(right) is { } b)
            return a.CompareTo(b);
        if (left is double x && right is double y)
            return double.IsNaN(x) || double.IsNaN(y) ? null : x.CompareTo(y);
        return left is double real ? Compare(real, Types.Integer(right)!.Value) : -Compare((double)right, Types.Integer(left)!.Value);
    }

    /// <summary>The nearest float, halves to even.</summary>
    public static double ToDouble(object? value) => value is double real ? real
        : Divide(Types.Integer(value)!.Value, BigInteger.One, "int too large to convert to float");

    /// <summary>The float that is nearest to a quotient.</summary>
    public static double Divide(BigInteger dividend, BigInteger divisor, string overflow)
    {
        if (dividend.IsZero)
            return divisor.Sign < 0 ? -0.0 : 0;
        var (top, bottom) = (BigInteger.Abs(dividend), BigInteger.Abs(divisor));
        var shift = (int)Math.Max(66 - (top.GetBitLength() - bottom.GetBitLength()), -1074 - 66);
        var quotient = shift >= 0 ? BigInteger.DivRem(top << shift, bottom, out var rest)
            : BigInteger.DivRem(top, bottom << -shift, out rest);
        if (!rest.IsZero)
            quotient |= BigInteger.One;
        var value = Round(quotient, -shift);
        if (double.IsInfinity(value))
            throw PythonError.Overflow(overflow);
        return dividend.Sign * divisor.Sign < 0 ? -value : value;
    }

    private static int? Compare(double left, BigInteger right)
    {
        if (double.IsNaN(left))
            return null;
        if (double.IsInfinity(left))
            return left > 0 ? 1 : -1;
        var whole = new BigInteger(Math.Truncate(left));
        return whole == right ? left.CompareTo(Math.Truncate(left)) : whole.CompareTo(right);
    }

    // The last bit of the quotient stands for all that were cut off. Below the normal range fewer bits are kept.
    private static double Round(BigInteger quotient, int exponent)
    {
        var length = (int)quotient.GetBitLength();
        var cut = Math.Max(length - 53, -1074 - exponent);
        if (cut <= 0)
            return Math.ScaleB((double)(ulong)quotient, exponent);
        var kept = quotient >> cut;
        var lost = quotient - (kept << cut);
        var half = BigInteger.One << (cut - 1);
        if (lost > half || (lost == half && !kept.IsEven))
            kept += 1;
        return Math.ScaleB((double)(ulong)kept, exponent + cut);
    }
}
