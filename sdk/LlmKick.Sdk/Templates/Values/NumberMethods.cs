using System.Numerics;

namespace LlmKick.Sdk.Templates.Values;

/// <summary>The attributes of numbers.</summary>
internal static class NumberMethods
{
    private static readonly MethodTable<BigInteger> Whole = new MethodTable<BigInteger>("int")
        .Add("bit_length(/)", (self, _) => new BigInteger(BigInteger.Abs(self).GetBitLength()))
        .Add("bit_count(/)", (self, _) => new BigInteger(BigInteger.Abs(self).ToByteArray().Sum(one => BitOperations.PopCount(one))))
        .Add("conjugate(/)", (self, _) => self)
        .Add("as_integer_ratio(/)", (self, _) => new TupleValue([self, BigInteger.One]));

    private static readonly MethodTable<double> Real = new MethodTable<double>("float")
        .Add("is_integer(/)", (self, _) => double.IsInteger(self))
        .Add("conjugate(/)", (self, _) => self);

    public static object Find(object number, string name)
    {
        if (number is double real)
            return name switch { "real" => real, "imag" => 0.0, _ => Real.Find(real, name) };
        var whole = Types.Integer(number)!.Value;
        return name switch
        {
            "real" or "numerator" => whole,
            "imag" => BigInteger.Zero,
            "denominator" => BigInteger.One,
            _ => Whole.Find(whole, name),
        };
    }
}
