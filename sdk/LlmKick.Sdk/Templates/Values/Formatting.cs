using System.Numerics;
using System.Text;

namespace LlmKick.Sdk.Templates.Values;

/// <summary>Python's <c>format(value, specification)</c>.</summary>
internal static class Formatting
{
    public static string Format(object? value, string specification)
    {
        if (specification.Length == 0)
            return Representation.Text(value);
        if (Types.Text(value) is { } text)
            return Text(text, new FormatSpecification(specification, "str"));
        if (!Types.IsNumber(value))
            throw PythonError.Type($"unsupported format string passed to {Types.Name(value)}.__format__");
        var spec = new FormatSpecification(specification, Types.Name(value));
        return value is double || spec.Type is 'e' or 'E' or 'f' or 'F' or 'g' or 'G' or '%' ? Real(value, spec) : Whole(value, spec);
    }

    private static string Text(string text, FormatSpecification spec)
    {
        if (spec.Type is not ('\0' or 's'))
            throw Unknown(spec, "str");
        if (spec.Align == '=' && spec.Fill != "0")
            throw PythonError.Value("'=' alignment not allowed in string format specifier");
        if (spec.Precision is { } most)
            text = CodePoints.Slice(text, 0, most);
        return Pad(text, "", spec, '<');
    }

    private static string Whole(object? value, FormatSpecification spec)
    {
        var number = Types.Integer(value)!.Value;
        if (spec.Precision is not null)
            throw PythonError.Value("Precision not allowed in integer format specifier");
        var digits = BigInteger.Abs(number);
        var (body, prefix) = spec.Type switch
        {
            '\0' or 'd' or 'n' => (NumberText.Of(digits), ""),
            'b' => (Radix.Text(digits, 2), "0b"),
            'o' => (Radix.Text(digits, 8), "0o"),
            'x' => (Radix.Text(digits, 16), "0x"),
            'X' => (Radix.Text(digits, 16).ToUpperInvariant(), "0X"),
            'c' => (number.Sign >= 0 && number <= 0x10ffff ? char.ConvertFromUtf32((int)number)
                : throw PythonError.Overflow("%c arg not in range(0x110000)"), ""),
            _ => throw Unknown(spec, Types.Name(value)),
        };
        return Number(body, "", Sign(number.Sign < 0, spec) + (spec.Alternate ? prefix : ""), spec,
            spec.Type is 'b' or 'o' or 'x' or 'X' ? 4 : 3);
    }

    private static string Real(object? value, FormatSpecification spec)
    {
        var number = Numbers.ToDouble(value);
        var body = double.IsFinite(number) ? Body(Math.Abs(number), spec) : double.IsNaN(number) ? "nan" : "inf";
        if (spec.Type is 'E' or 'F' or 'G')
            body = body.ToUpperInvariant();
        var end = body.AsSpan().IndexOfAny('.', 'e', 'E') is >= 0 and var at ? at : body.Length;
        return Number(body[..end], body[end..] + (spec.Type == '%' ? "%" : ""),
            Sign(double.IsNegative(number) && !double.IsNaN(number), spec), spec, 3);
    }

    private static string Body(double number, FormatSpecification spec) => spec.Type switch
    {
        'e' or 'E' => DecimalText.Exponential(number, spec.Precision ?? 6),
        'f' or 'F' => DecimalText.Fixed(number, spec.Precision ?? 6),
        '%' => DecimalText.Fixed(number * 100, spec.Precision ?? 6),
        'g' or 'G' or 'n' => DecimalText.General(number, spec.Precision ?? 6, spec.Alternate),
        '\0' => spec.Precision is { } places ? Pointed(DecimalText.General(number, places, alternate: false)) : NumberText.Of(number),
        _ => throw Unknown(spec, "float"),
    };

    private static string Pointed(string text) => text.AsSpan().ContainsAny(".e") ? text : text + ".0";

    private static string Sign(bool negative, FormatSpecification spec) => negative ? "-" : spec.Sign == '-' ? "" : spec.Sign.ToString();

    private static string Number(string whole, string rest, string sign, FormatSpecification spec, int group)
    {
        if (spec.Grouping == '\0')
            return Pad(whole + rest, sign, spec, '>');
        // Zeros that fill are grouped too.
        var width = spec.Align == '=' && spec.Fill == "0" ? spec.Width - rest.Length - sign.Length : 0;
        while (Grouped(whole, spec.Grouping, group).Length < width)
            whole = "0" + whole;
        var grouped = Grouped(whole, spec.Grouping, group);
        return Pad((grouped.Length > width && width > 0 && grouped[0] == spec.Grouping ? "0" + grouped : grouped) + rest, sign, spec, '>');
    }

    private static string Grouped(string digits, char sign, int size)
    {
        var text = new StringBuilder(digits);
        for (var at = digits.Length - size; at > 0; at -= size)
            text.Insert(at, sign);
        return text.ToString();
    }

    private static string Pad(string body, string sign, FormatSpecification spec, char align)
    {
        var missing = Math.Max(0, spec.Width - CodePoints.Count(body) - sign.Length);
        Evaluation.Text(missing + body.Length);
        var left = (spec.Align == '\0' ? align : spec.Align) switch { '<' => 0, '^' => missing / 2, _ => missing };
        var (before, after) = (Fill(left), Fill(missing - left));
        return spec.Align == '=' ? sign + before + body : before + sign + body + after;

        string Fill(int count) => string.Concat(Enumerable.Repeat(spec.Fill, count));
    }

    private static PythonError Unknown(FormatSpecification spec, string type) =>
        PythonError.Value($"Unknown format code '{spec.Type}' for object of type '{type}'");
}
