using System.Globalization;
using System.Numerics;
using System.Text;

namespace LlmKick.Sdk.Templates.Values;

/// <summary><c>str.format</c>, whose fields reach no further than the template itself.</summary>
internal sealed class FormatMethods
{
    // As in Python: fields, and fields in their specifications.
    private const int MaxDepth = 2;

    private readonly bool escape;
    private readonly IReadOnlyList<object?> positional;
    private readonly Func<string, object?> named;
    private int automatic;

    private FormatMethods(bool escape, IReadOnlyList<object?> positional, Func<string, object?> named) =>
        (this.escape, this.positional, this.named) = (escape, positional, named);

    /// <summary>The method of a text.</summary>
    public static object Find(string text, string name, bool escape)
    {
        if (name == "format_map")
            return new FunctionValue(new Signature("format_map(mapping, /)"),
                a => Wrap(new FormatMethods(escape, [], key => Lookup.Item(a[0], key)).Apply(text, MaxDepth), escape));
        return new FunctionValue(new Signature("str.format(*args, **kwargs)"), a =>
        {
            var given = (OrderedDictionary<string, object?>)a[1]!;
            return Wrap(new FormatMethods(escape, (List<object?>)a[0]!, key => given.TryGetValue(key, out var value) ? value
                : throw new PythonError("KeyError", Representation.Quote(key))).Apply(text, MaxDepth), escape);
        });
    }

    private static object Wrap(string text, bool escape) => escape ? new MarkupValue(text) : text;

    private string Apply(string format, int depth)
    {
        if (depth < 0)
            throw PythonError.Value("Max string recursion exceeded");
        var text = new StringBuilder();
        for (var at = 0; at < format.Length;)
        {
            var sign = format[at];
            if (sign is not ('{' or '}'))
                text.Append(format[at++]);
            else if (at + 1 < format.Length && format[at + 1] == sign)
                at = Append(text, sign, at + 2);
            else if (sign == '}')
                throw PythonError.Value("Single '}' encountered in format string");
            else
                at = Field(format, at + 1, text, depth);
        }
        Evaluation.Text(text.Length);
        return text.ToString();
    }

    private static int Append(StringBuilder text, char sign, int next)
    {
        text.Append(sign);
        return next;
    }

    private int Field(string format, int start, StringBuilder text, int depth)
    {
        if (start >= format.Length)
            throw PythonError.Value("Single '{' encountered in format string");
        var end = End(format, start);
        var field = format[start..end];
        var colon = field.IndexOf(':', StringComparison.Ordinal) is >= 0 and var at ? at : field.Length;
        var mark = field.IndexOf('!', 0, colon) is >= 0 and var place ? place : colon;
        var value = Convert(Value(field[..mark]), field[mark..colon]);
        var specification = colon < field.Length ? Apply(field[(colon + 1)..], depth - 1) : "";
        text.Append(escape ? Escape(value, specification) : Formatting.Format(value, specification));
        return end + 1;
    }

    private static int End(string format, int start)
    {
        var open = 1;
        for (var at = start; at < format.Length; at++)
            if ((open += format[at] switch { '{' => 1, '}' => -1, _ => 0 }) == 0)
                return at;
        throw PythonError.Value("expected '}' before end of string");
    }

    private static string Escape(object? value, string specification)
    {
        if (value is MarkupValue markup)
            return specification.Length == 0 ? markup.Text : throw PythonError.Value("Unsupported format specification for Markup.");
        return MarkupValue.Escape(Formatting.Format(value, specification)).Text;
    }

    private static object? Convert(object? value, string conversion) => conversion switch
    {
        "" => value,
        "!s" => Representation.Text(value),
        "!r" => Representation.Of(value),
        "!a" => PercentFormat.Ascii(value),
        _ => throw PythonError.Value($"Unknown conversion specifier {conversion[1..]}"),
    };

    private object? Value(string name)
    {
        var end = name.AsSpan().IndexOfAny('.', '[') is >= 0 and var at ? at : name.Length;
        var value = First(name[..end]);
        while (end < name.Length)
        {
            var next = name[end] == '[' ? name.IndexOf(']', end)
                : name.AsSpan(end + 1).IndexOfAny('.', '[') is >= 0 and var more ? end + 1 + more : name.Length;
            if (next < 0)
                throw PythonError.Value("Missing ']' in format string");
            var part = name[(end + 1)..next];
            if (part.Length == 0)
                throw PythonError.Value("Empty attribute in format string");
            value = name[end] == '.' ? Lookup.Attribute(value, part) : Lookup.Item(value, Key(part));
            end = name[end] == '[' ? next + 1 : next;
        }
        return value;
    }

    private object? First(string name)
    {
        if (name.Length == 0 && automatic < 0)
            throw PythonError.Value("cannot switch from manual field specification to automatic field numbering");
        if (name.Length > 0 && name.All(char.IsAsciiDigit) && automatic > 0)
            throw PythonError.Value("cannot switch from automatic field numbering to manual field specification");
        if (Key(name) is not BigInteger && name.Length > 0)
            return named(name);
        var index = name.Length == 0 ? automatic++ : (automatic = -1) + int.Parse(name, CultureInfo.InvariantCulture) + 1;
        return index < positional.Count ? positional[index]
            : throw new PythonError("IndexError", $"Replacement index {index} out of range for positional args tuple");
    }

    private static object Key(string text) => text.Length is > 0 and < 9
        && text.All(char.IsAsciiDigit) ? BigInteger.Parse(text, CultureInfo.InvariantCulture) : text;
}
