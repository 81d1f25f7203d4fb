using System.Numerics;

namespace LlmKick.Sdk.Templates.Values;

/// <summary>Integers in the bases 2, 8 and 16.</summary>
internal static class Radix
{
    public static string Text(BigInteger number, int radix)
    {
        if (number.IsZero)
            return "0";
        var bits = BitOperations.Log2((uint)radix);
        var digits = new char[(number.GetBitLength() + bits - 1) / bits];
        for (var i = digits.Length - 1; i >= 0; i--, number >>= bits)
            digits[i] = "0123456789abcdef"[(int)(number & (radix - 1))];
        return new string(digits);
    }
}
