using System.Numerics;
using LlmKick.Sdk.Templates.Values;

namespace LlmKick.Sdk.Templates.Library;

/// <summary>The filters of numbers.</summary>
internal static class NumberFilters
{
    public static Dictionary<string, Filter> All { get; } = new()
    {
        ["abs"] = new("abs(x, /)", a => Absolute(a[0])),
        ["filesizeformat"] = new("do_filesizeformat(value, binary=False)", a => FileSize(a[0], Types.IsTrue(a[1]))),
        ["float"] = new("do_float(value, default=0.0)", a => ToFloat(a[0]) ?? a[1]),
        ["int"] = new("do_int(value, default=0, base=10)", a => ToInteger(a[0], a[2]) ?? a[1]),
        ["round"] = new("do_round(value, precision=0, method='common')", a => Round(a[0], a[1], a[2])),
    };

    private static object Absolute(object? value) => value switch
    {
        double real => Math.Abs(real),
        UndefinedValue undefined => throw PythonError.Type($"bad operand type for abs(): '{undefined.TypeName}'"),
        _ => BigInteger.Abs(Types.Integer(value) ?? throw PythonError.Type($"bad operand type for abs(): '{Types.Name(value)}'")),
    };

    /// <summary>Python's <c>float</c>; null where it raises a TypeError or a ValueError.</summary>
    private static object? ToFloat(object? value)
    {
        if (value is UndefinedValue undefined)
            throw undefined.Fault();
        if (Types.IsNumber(value))
            return Numbers.ToDouble(value);
        return Types.Text(value) is { } text && NumberText.TryParseFloat(text) is { } number ? number : null;
    }

    private static object? ToInteger(object? value, object? radix)
    {
        if (value is UndefinedValue undefined)
            throw undefined.Fault();
        if (Types.Integer(value) is { } whole)
            return whole;
        if (Types.Text(value) is { } text)
            return NumberText.ParseInteger(text, Types.SmallIndex(radix))
                ?? (NumberText.TryParseFloat(text) is { } number && double.IsFinite(number) ? Integers.Truncate(number) : null);
        if (value is not double real || double.IsNaN(real))
            return null;
        return Integers.Truncate(real);
    }

    private static object Round(object? value, object? precision, object? method)
    {
        var way = Types.Text(method);
        if (way is not ("common" or "ceil" or "floor"))
            throw PythonError.Argument("method must be common, ceil or floor");
        if (value is UndefinedValue || !Types.IsNumber(value))
            throw PythonError.Type($"type {Types.Name(value)} doesn't define __round__ method");
        if (way == "common")
            return value is double real ? DecimalText.Round(real, Types.SmallIndex(precision))
                : Integers.Round(Types.Integer(value)!.Value, Types.SmallIndex(precision));
        var power = Arithmetic.Apply("pow", new BigInteger(10), precision);
        var scaled = Arithmetic.Apply("mul", value, power);
        var whole = scaled is double number ? Integers.Truncate(way == "ceil" ? Math.Ceiling(number) : Math.Floor(number)) : scaled;
        return Arithmetic.Apply("div", whole, power)!;
    }

    private static string FileSize(object? value, bool binary)
    {
        var bytes = (double)(ToFloat(value) ?? throw (Types.Text(value) is { } text
            ? PythonError.Value($"could not convert string to float: {Representation.Quote(text)}")
            : PythonError.Type($"float() argument must be a string or a real number, not '{Types.Name(value)}'")));
        var step = binary ? 1024.0 : 1000.0;
        if (bytes == 1)
            return "1 Byte";
        if (bytes < step)
            return $"{Integers.Truncate(bytes)} Bytes";
        var unit = step;
        var name = "kMGTPEZY".First(letter => bytes < (unit *= step) || letter == 'Y');
        return $"{Formatting.Format(step * bytes / unit, ".1f")} {(binary ? char.ToUpperInvariant(name) + "i" : name)}B";
    }
}
