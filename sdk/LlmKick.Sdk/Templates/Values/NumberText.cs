using System.Globalization;
using System.Numerics;

namespace LlmKick.Sdk.Templates.Values;

/// <summary>Numbers as text, and back.</summary>
internal static class NumberText
{
    // Python's own limit (sys.int_info.default_max_str_digits).
    private const int MaxDigits = 4300;
    private const string Limit = "Exceeds the limit (4300 digits) for integer string conversion";
    private const string Remedy = "; use sys.set_int_max_str_digits() to increase the limit";

    public static string Of(BigInteger number)
    {
        // A decimal digit is 3.32 bits.
        if (number.GetBitLength() > (MaxDigits + 1) * 3.33)
            throw PythonError.Value(Limit + Remedy);
        var text = number.ToString(CultureInfo.InvariantCulture);
        return text.Length - (number.Sign < 0 ? 1 : 0) > MaxDigits ? throw PythonError.Value(Limit + Remedy) : text;
    }

    /// <summary>The shortest text that gives the same float again.</summary>
    public static string Of(double number)
    {
        if (!double.IsFinite(number))
            return double.IsNaN(number) ? "nan" : number > 0 ? "inf" : "-inf";
        var (sign, digits, exponent) = Shortest(number);
        if (exponent is < -4 or >= 16)
            return $"{sign}{digits[0]}{(digits.Length > 1 ? "." + digits[1..] : "")}e{(exponent < 0 ? '-' : '+')}"
                + $"{Math.Abs(exponent).ToString("00", CultureInfo.InvariantCulture)}";
        if (exponent < 0)
            return $"{sign}0.{new string('0', -exponent - 1)}{digits}";
        return digits.Length <= exponent + 1 ? $"{sign}{digits.PadRight(exponent + 1, '0')}.0"
            : $"{sign}{digits[..(exponent + 1)]}.{digits[(exponent + 1)..]}";
    }

    /// <summary>The shortest digits, and the power of ten of the first.</summary>
    private static (string Sign, string Digits, int Exponent) Shortest(double number)
    {
        var parts = Math.Abs(number).ToString("R", CultureInfo.InvariantCulture).Split('E');
        var point = parts[0].IndexOf('.', StringComparison.Ordinal) is >= 0 and var at ? at : parts[0].Length;
        var digits = parts[0].Replace(".", "", StringComparison.Ordinal);
        var zeros = digits.Length - digits.TrimStart('0').Length;
        var exponent = point - 1 - zeros + (parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 0);
        var kept = digits.Trim('0');
        return (double.IsNegative(number) ? "-" : "", kept.Length == 0 ? "0" : kept, kept.Length == 0 ? 0 : exponent);
    }

    /// <summary><c>int(text, base)</c>; null where the text is no integer.</summary>
    public static BigInteger? ParseInteger(string text, int radix)
    {
        text = Spaces.Trim(text);
        var negative = text.StartsWith('-');
        if (negative || text.StartsWith('+'))
            text = text[1..];
        var prefix = text.Length > 1
            && text[0] == '0' ? char.ToLowerInvariant(text[1]) switch { 'b' => 2, 'o' => 8, 'x' => 16, _ => 0 } : 0;
        if (prefix != 0 && (radix == prefix || radix == 0))
            (text, radix) = (text[2..].StartsWith('_') ? text[3..] : text[2..], prefix);
        else if (radix == 0 && text.Length > 1 && text[0] == '0' && text.Any(character => character is not ('0' or '_')))
            return null;
        if (text.Length == 0 || text.StartsWith('_') || text.EndsWith('_') || text.Contains("__", StringComparison.Ordinal))
            return null;
        text = text.Replace("_", "", StringComparison.Ordinal);
        radix = radix == 0 ? 10 : radix;
        return text.All(character => Digit(character) < radix) ? (negative ? -ParseDigits(text, radix) : ParseDigits(text, radix)) : null;
    }

    public static BigInteger ParseDigits(string digits, int radix)
    {
        Evaluation.Step(digits.Length);
        if (digits.Length > MaxDigits && (radix & (radix - 1)) != 0)
            throw PythonError.Value($"{Limit}: value has {digits.Length} digits{Remedy}");
        if (digits.Length > 1_000_000)
            throw new PythonError("MemoryError", "The template reads an integer of more than a million digits.");
        var number = BigInteger.Zero;
        foreach (var digit in digits)
            number = (number * radix) + Digit(digit);
        return number;
    }

    /// <summary><c>float(text)</c> of digits that a lexer found.</summary>
    public static double ParseFloat(string text) => double.Parse(Ascii(text), NumberStyles.Float, CultureInfo.InvariantCulture);

    /// <summary><c>float(text)</c>; null where the text is no number.</summary>
    public static double? TryParseFloat(string text)
    {
        text = Ascii(Spaces.Trim(text));
        var word = text.TrimStart('+', '-').ToLowerInvariant();
        if (text.Length - word.Length <= 1 && word is "inf" or "infinity" or "nan")
            return (word == "nan" ? double.NaN : double.PositiveInfinity) * (text[0] == '-' ? -1 : 1);
        if (text.StartsWith('_') || text.EndsWith('_') || text.Contains("__", StringComparison.Ordinal)
            || text.AsSpan().ContainsAnyExcept("0123456789.eE+-_"))
            return null;
        for (var i = text.IndexOf('_', StringComparison.Ordinal); i > 0; i = text.IndexOf('_', i + 1))
            if (!char.IsAsciiDigit(text[i - 1]) || !char.IsAsciiDigit(text[i + 1]))
                return null;
        return double.TryParse(text.Replace("_", "", StringComparison.Ordinal), NumberStyles.Float, CultureInfo.InvariantCulture,
            out var number) ? number : null;
    }

    private static string Ascii(string text) => System.Text.Ascii.IsValid(text) ? text
        : string.Concat(text.Select(character => char.IsDigit(character) ? (char)('0' + Digit(character)) : character));

    private static int Digit(char character) => character switch
    {
        >= 'a' and <= 'z' => character - 'a' + 10,
        >= 'A' and <= 'Z' => character - 'A' + 10,
        _ => char.IsDigit(character) ? CharUnicodeInfo.GetDecimalDigitValue(character) : 99,
    };
}
