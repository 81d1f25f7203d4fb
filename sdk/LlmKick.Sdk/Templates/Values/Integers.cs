using System.Numerics;

namespace LlmKick.Sdk.Templates.Values;

/// <summary>Integers, rounded.</summary>
internal static class Integers
{
    /// <summary>The quotient of two integers that are not negative, halves to even.</summary>
    public static BigInteger RoundedQuotient(BigInteger top, BigInteger bottom)
    {
        var quotient = BigInteger.DivRem(top, bottom, out var rest);
        var order = (rest << 1).CompareTo(bottom);
        return order > 0 || (order == 0 && !quotient.IsEven) ? quotient + 1 : quotient;
    }

    /// <summary>Python's <c>round(number, places)</c>.</summary>
    public static BigInteger Round(BigInteger number, int places)
    {
        if (places >= 0)
            return number;
        if (-places > number.GetBitLength())
            return BigInteger.Zero;
        var power = BigInteger.Pow(10, -places);
        return number.Sign * RoundedQuotient(BigInteger.Abs(number), power) * power;
    }

    /// <summary>Python's <c>int(number)</c>.</summary>
    public static BigInteger Truncate(double number)
    {
        if (double.IsNaN(number))
            throw PythonError.Value("cannot convert float NaN to integer");
        return double.IsInfinity(number) ? throw PythonError.Overflow("cannot convert float infinity to integer") : new BigInteger(number);
    }
}
