using System.Globalization;
using System.Numerics;

namespace LlmKick.Sdk.Templates.Values;

/// <summary>Floats to so many places, rounded exactly, halves to even.</summary>
internal static class DecimalText
{
    // More than any number has, and a format could ask for gigabytes of zeros.
    private const int MaxPlaces = 100_000;

    /// <summary><c>f</c>: so many places after the point. The number is finite and not negative.</summary>
    public static string Fixed(double number, int places)
    {
        Check(places);
        var digits = Scaled(number, places).ToString(CultureInfo.InvariantCulture).PadLeft(places + 1, '0');
        return places == 0 ? digits : $"{digits[..^places]}.{digits[^places..]}";
    }

    /// <summary><c>e</c>: one digit before the point, and so many after it.</summary>
    public static string Exponential(double number, int places)
    {
        var (digits, exponent) = Digits(number, places);
        return $"{digits[0]}{(places > 0 ? "." + digits[1..] : "")}e{(exponent < 0 ? '-' : '+')}"
            + $"{Math.Abs(exponent).ToString("00", CultureInfo.InvariantCulture)}";
    }

    /// <summary><c>g</c>: so many digits that count, as is shorter.</summary>
    public static string General(double number, int precision, bool alternate)
    {
        precision = Math.Max(precision, 1);
        var (digits, exponent) = Digits(number, precision - 1);
        var text = exponent < -4 || exponent >= precision ? Exponential(number, precision - 1) : Fixed(number, precision - 1 - exponent);
        if (alternate || !text.Contains('.', StringComparison.Ordinal))
            return text;
        var end = text.IndexOf('e', StringComparison.Ordinal) is >= 0 and var at ? at : text.Length;
        return text[..end].TrimEnd('0').TrimEnd('.') + text[end..];
    }

    /// <summary>Python's <c>round(number, places)</c>.</summary>
    public static double Round(double number, int places)
    {
        if (!double.IsFinite(number) || places > 323)
            return number;
        if (places < -308)
            return Math.CopySign(0, number);
        var scaled = Scaled(Math.Abs(number), places);
        var power = BigInteger.Pow(10, Math.Abs(places));
        var rounded = places >= 0 ? Numbers.Divide(scaled, power, "rounded value too large to represent")
            : Numbers.Divide(scaled * power, 1, "rounded value too large to represent");
        return Math.CopySign(rounded, number);
    }

    private static (string Digits, int Exponent) Digits(double number, int places)
    {
        Check(places);
        if (number == 0)
            return (new string('0', places + 1), 0);
        var exponent = (int)Math.Floor(Math.Log10(number));
        var digits = Scaled(number, places - exponent).ToString(CultureInfo.InvariantCulture);
        for (; digits.Length > places + 1; digits = Scaled(number, places - exponent).ToString(CultureInfo.InvariantCulture))
            exponent++;
        for (; digits.Length < places + 1; digits = Scaled(number, places - exponent).ToString(CultureInfo.InvariantCulture))
            exponent--;
        return (digits, exponent);
    }

    /// <summary>The number times a power of ten as an integer.</summary>
    private static BigInteger Scaled(double number, int places)
    {
        var bits = BitConverter.DoubleToInt64Bits(number);
        var exponent = (int)(bits >> 52 & 0x7ff);
        BigInteger top = (bits & 0xfffffffffffff) | (exponent == 0 ? 0 : 1L << 52), bottom = BigInteger.One;
        exponent = Math.Max(exponent, 1) - 1075;
        (top, bottom) = exponent >= 0 ? (top << exponent, bottom) : (top, bottom << -exponent);
        (top, bottom) = places >= 0 ? (top * BigInteger.Pow(10, places), bottom) : (top, bottom * BigInteger.Pow(10, -places));
        return Integers.RoundedQuotient(top, bottom);
    }

    private static void Check(int places)
    {
        if (places > MaxPlaces)
            throw PythonError.Value("precision too big");
        Evaluation.Text(places);
    }
}
