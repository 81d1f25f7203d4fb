using System.Globalization;
using System.Numerics;
using System.Text;

namespace LlmKick.Sdk.Templates.Values;

/// <summary><c>'…%s…' % values</c>.</summary>
internal sealed class PercentFormat
{
    private readonly string format;
    private readonly bool escape;
    private readonly object? values;
    private readonly IReadOnlyList<object?> list;
    private readonly bool isMap;
    private int next;
    private int at;

    private PercentFormat(string format, object? values, bool escape)
    {
        (this.format, this.values, this.escape) = (format, values, escape);
        list = values is TupleValue tuple ? tuple.Values : [values];
        isMap = values is DictValue or ListValue or RangeValue or UndefinedValue;
    }

    public static object Apply(object? owner, string format, object? values)
    {
        var text = new PercentFormat(format, values, owner is MarkupValue).Run();
        return owner is MarkupValue ? new MarkupValue(text) : text;
    }

    /// <summary>Python's <c>ascii</c>.</summary>
    public static string Ascii(object? value) =>
        string.Concat(CodePoints.All(Representation.Of(value)).Select(one => CodePoints.Value(one) switch
    {
        < 0x80 => one,
        < 0x100 and var point => string.Create(CultureInfo.InvariantCulture, $"\\x{point:x2}"),
        < 0x10000 and var point => string.Create(CultureInfo.InvariantCulture, $"\\u{point:x4}"),
        var point => string.Create(CultureInfo.InvariantCulture, $"\\U{point:x8}"),
    }));

    private string Run()
    {
        var text = new StringBuilder();
        while (at < format.Length)
            if (format[at++] != '%')
                text.Append(format[at - 1]);
            else
                text.Append(Directive());
        if (next < list.Count && !isMap && !(values is TupleValue { Length: 0 }))
            throw PythonError.Type("not all arguments converted during string formatting");
        Evaluation.Text(text.Length);
        return text.ToString();
    }

    private string Directive()
    {
        object? value = Missing.Value;
        if (Peek() == '(')
            value = Named();
        var flags = "";
        while (Peek() is '-' or '+' or ' ' or '#' or '0')
            flags += format[at++];
        var width = Size() ?? 0;
        if (width < 0)
            (flags, width) = (flags + "-", -width);
        var places = Peek() == '.' ? Precision() : null;
        while (Peek() is 'h' or 'l' or 'L')
            at++;
        if (at >= format.Length)
            throw PythonError.Value("incomplete format");
        var type = format[at++];
        if (type == '%')
            return "%";
        return Convert(type, value is Missing ? Next() : value, flags, width, places);
    }

    private int? Precision()
    {
        at++;
        return Math.Max(Size() ?? 0, 0);
    }

    private char Peek() => at < format.Length ? format[at] : '\0';

    private object? Named()
    {
        if (!isMap || values is not Value map)
            throw PythonError.Type("format requires a mapping");
        var (start, open) = (++at, 1);
        for (; at < format.Length && open > 0; at++)
            open += format[at] switch { '(' => 1, ')' => -1, _ => 0 };
        if (open > 0)
            throw PythonError.Value("incomplete format key");
        var key = format[start..(at - 1)];
        next = list.Count;
        return map is DictValue dict ? dict.TryGet(key, out var value) ? value
            : throw new PythonError("KeyError", Representation.Quote(key))
            : map.Item(key) is var item && item is not Missing ? item
                : throw PythonError.Type($"{map.TypeName} indices must be integers or slices, not str");
    }

    private int? Size()
    {
        if (Peek() == '*')
        {
            at++;
            return (int)(Types.Integer(Next()) ?? throw PythonError.Type("* wants int"));
        }
        var start = at;
        while (char.IsAsciiDigit(Peek()))
            at++;
        if (start == at)
            return null;
        return int.TryParse(format[start..at], NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size
            : throw PythonError.Value("width too big");
    }

    private object? Next() => next < list.Count ? list[next++] : throw PythonError.Type("not enough arguments for format string");

    private string Convert(char type, object? value, string flags, int width, int? places)
    {
        var (sign, body) = type switch
        {
            's' => ("", Cut(Shown(value, Representation.Text), places)),
            'r' => ("", Cut(Shown(value, Representation.Of), places)),
            'a' => ("", Cut(Shown(value, Ascii), places)),
            'c' => ("", Character(value)),
            'd' or 'i' or 'u' or 'o' or 'x' or 'X' => Whole(type, value, flags, places),
            'e' or 'E' or 'f' or 'F' or 'g' or 'G' => Real(type, value, flags, places),
            _ => throw PythonError.Value($"unsupported format character '{type}' (0x{(int)type:x}) at index {at - 1}"),
        };
        if (sign.Length == 0 && type is not ('s' or 'r' or 'a' or 'c'))
            sign = flags.Contains('+', StringComparison.Ordinal) ? "+" : flags.Contains(' ', StringComparison.Ordinal) ? " " : "";
        return Pad(sign, body, flags, width, isNumber: type is not ('s' or 'r' or 'a' or 'c'));
    }

    private static string Pad(string sign, string body, string flags, int width, bool isNumber)
    {
        var missing = Math.Max(0, width - sign.Length - CodePoints.Count(body));
        Evaluation.Text(missing);
        if (flags.Contains('-', StringComparison.Ordinal))
            return sign + body + new string(' ', missing);
        return isNumber && flags.Contains('0', StringComparison.Ordinal) ? sign + new string('0', missing) + body
            : new string(' ', missing) + sign + body;
    }

    private string Shown(object? value, Func<object?, string> show) =>
        !escape ? show(value) : value is MarkupValue markup ? markup.Text : MarkupValue.Escape(show(value)).Text;

    private static string Cut(string text, int? places) => places is { } most ? CodePoints.Slice(text, 0, most) : text;

    private static string Character(object? value)
    {
        if (Types.Text(value) is { } text)
            return CodePoints.Count(text) == 1 ? text : throw PythonError.Type("%c requires int or char");
        var point = Types.Integer(value) ?? throw PythonError.Type("%c requires int or char");
        return point.Sign >= 0 && point <= 0x10ffff ? char.ConvertFromUtf32((int)point)
            : throw PythonError.Overflow("%c arg not in range(0x110000)");
    }

    private static (string Sign, string Body) Whole(char type, object? value, string flags, int? places)
    {
        if (value is UndefinedValue undefined)
            throw undefined.Fault();
        if (!Types.IsNumber(value) || (value is double && type is 'o' or 'x' or 'X'))
            throw PythonError.Type(
                $"%{type} format: {(type is 'o' or 'x' or 'X' ? "an integer" : "a real number")} is required, not {Types.Name(value)}");
        var number = value is double real ? Integers.Truncate(real) : Types.Integer(value)!.Value;
        var digits = type switch { 'o' => Radix.Text(BigInteger.Abs(number), 8), 'x' or 'X' => Radix.Text(BigInteger.Abs(number), 16),
            _ => NumberText.Of(BigInteger.Abs(number)) };
        Evaluation.Text(places ?? 0);
        digits = digits.PadLeft(places ?? 0, '0');
        var prefix = flags.Contains('#', StringComparison.Ordinal) && type is 'o' or 'x' or 'X' ? "0" + type : "";
        return ((number.Sign < 0 ? "-" : "") + prefix, type == 'X' ? digits.ToUpperInvariant() : digits);
    }

    private static (string Sign, string Body) Real(char type, object? value, string flags, int? places)
    {
        if (value is UndefinedValue undefined)
            throw undefined.Fault();
        if (!Types.IsNumber(value))
            throw PythonError.Type($"must be real number, not {Types.Name(value)}");
        var number = Numbers.ToDouble(value);
        var size = Math.Abs(number);
        var body = !double.IsFinite(number) ? (double.IsNaN(number) ? "nan" : "inf") : char.ToLowerInvariant(type) switch
        {
            'e' => DecimalText.Exponential(size, places ?? 6),
            'f' => DecimalText.Fixed(size, places ?? 6),
            _ => DecimalText.General(size, places ?? 6, flags.Contains('#', StringComparison.Ordinal)),
        };
        return (double.IsNegative(number) && !double.IsNaN(number) ? "-" : "", char.IsUpper(type) ? body.ToUpperInvariant() : body);
    }
}
