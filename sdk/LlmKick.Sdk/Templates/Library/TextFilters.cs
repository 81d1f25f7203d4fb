using System.Numerics;
using System.Text;
using LlmKick.Sdk.Templates.Values;

namespace LlmKick.Sdk.Templates.Library;

/// <summary>The filters of texts.</summary>
internal static class TextFilters
{
    public static Dictionary<string, Filter> All { get; } = new()
    {
        ["capitalize"] = new("do_capitalize(s)", a => Soft(a[0], Casing.Capitalize)),
        ["center"] = new("do_center(value, width=80)", a => Soft(a[0], text => Padding.Center(text, a[1], " "))),
        ["e"] = new("escape(s, /)", a => MarkupValue.Escape(a[0])),
        ["escape"] = new("escape(s, /)", a => MarkupValue.Escape(a[0])),
        ["forceescape"] = new("do_forceescape(value)", a => MarkupValue.Escape(Representation.Text(a[0]))),
        ["format"] = new("do_format(value, *args, **kwargs)",
            a => Format(a[0], (List<object?>)a[1]!, (OrderedDictionary<string, object?>)a[2]!)),
        ["indent"] = new("do_indent(s, width=4, first=False, blank=False)",
            a => Indent(a[0], a[1], Types.IsTrue(a[2]), Types.IsTrue(a[3]))),
        ["join"] = new("do_join(eval_ctx, value, d='', attribute=None)", Join),
        ["lower"] = new("do_lower(s)", a => Soft(a[0], Casing.Lower)),
        ["pprint"] = new("do_pprint(value)", a => PrettyText.Write(a[0])),
        ["replace"] = new("do_replace(eval_ctx, s, old, new, count=None)", Replace),
        ["safe"] = new("do_mark_safe(value)", a => MarkupValue.Of(a[0])),
        ["string"] = new("soft_str(s, /)", a => Text(a[0])),
        ["striptags"] = new("do_striptags(value)", a => Html.StripTags(Representation.Text(a[0]))),
        ["title"] = new("do_title(s)", a => Title(Representation.Text(a[0]))),
        ["tojson"] = new("do_tojson(eval_ctx, value, indent=None)",
            a => JsonFor(JsonText.Write(a[0], ascii: true, a[1], separators: null, sorted: true))),
        ["trim"] = new("do_trim(value, chars=None)",
            a => Soft(a[0], text => TextParts.Strip(text, a[1], "strip", left: true, right: true))),
        ["truncate"] = new("do_truncate(env, s, length=255, killwords=False, end='...', leeway=None)", Wrapping.Truncate),
        ["upper"] = new("do_upper(s)", a => Soft(a[0], Casing.Upper)),
        ["urlencode"] = new("do_urlencode(value)", a => Urls.Encode(a[0])),
        ["urlize"] =
            new("do_urlize(eval_ctx, value, trim_url_limit=None, nofollow=False, target=None, rel=None, extra_schemes=None)", Urls.Link),
        ["wordcount"] = new("do_wordcount(s)", a => new BigInteger(Wrapping.CountWords(Representation.Text(a[0])))),
        ["wordwrap"] = new("do_wordwrap(environment, s, width=79, break_long_words=True, wrapstring=None, break_on_hyphens=True)",
            a => Wrapping.Wrap(a)),
        ["xmlattr"] = new("do_xmlattr(eval_ctx, d, autospace=True)", XmlAttributes),
    };

    /// <summary>A text as it is, anything else printed.</summary>
    private static object Text(object? value) => value is MarkupValue ? value : Representation.Text(value);

    private static object? Soft(object? value, Func<string, string> change)
    {
        var text = Representation.Text(value);
        Evaluation.Text(text.Length >> 2);
        return value is MarkupValue ? new MarkupValue(change(text)) : change(text);
    }

    private static object Format(object? value, List<object?> positional, OrderedDictionary<string, object?> named)
    {
        if (positional.Count > 0 && named.Count > 0)
            throw PythonError.Argument("can't handle positional and keyword arguments at the same time");
        object values = named.Count > 0 ? NamespaceValue.ToDict(named) : new TupleValue(positional);
        return PercentFormat.Apply(Text(value), Representation.Text(value), values);
    }

    private static object Indent(object? value, object? width, bool first, bool blank)
    {
        if (value is ListValue)
            throw new PythonError("AttributeError", "'list' object has no attribute 'splitlines'");
        var text = (Types.Text(value) ?? throw (value is UndefinedValue undefined ? undefined.Fault()
            : PythonError.Type($"unsupported operand type(s) for +=: '{Types.Name(value)}' and 'str'"))) + "\n";
        var indent = Types.Text(width) ?? Padding.Left("", width, " ");
        var lines = TextParts.Lines(text, keep: false).ToList();
        var result = new StringBuilder(first ? indent : "").Append(lines[0]);
        foreach (var line in lines.Skip(1))
        {
            Evaluation.Text(indent.Length + line.Length);
            result.Append('\n').Append(blank || line.Length > 0 ? indent : "").Append(line);
        }
        return value is MarkupValue ? new MarkupValue(result.ToString()) : result.ToString();
    }

    private static object? Join(object?[] a, Evaluation run)
    {
        var items = a[2] is null ? Iteration.Over(a[0]) : Iteration.Over(a[0]).Select(new AttributePath(a[2]).Get);
        if (!run.Autoescape)
            return TextParts.Join(Representation.Text(a[1]), new IteratorValue(items.Select(item => (object?)Representation.Text(item))));
        var list = items.ToList();
        return a[1] is MarkupValue || list.Any(item => item is MarkupValue)
            ? new MarkupValue(TextParts.Join(MarkupValue.Escape(a[1]).Text, new ListValue(list.Select(MarkupValue.Escape))))
            : TextParts.Join(Representation.Text(a[1]), new ListValue(list.Select(Representation.Text)));
    }

    private static object Replace(object?[] a, Evaluation run)
    {
        var count = a[3] is null ? BigInteger.MinusOne : Types.Index(a[3]);
        if (!run.Autoescape)
            return TextParts.Replace(Representation.Text(a[0]), Representation.Text(a[1]), Representation.Text(a[2]), count);
        var escaped = a[0] is MarkupValue || a[1] is MarkupValue || a[2] is MarkupValue;
        var text = escaped ? MarkupValue.Escape(a[0]).Text : Representation.Text(a[0]);
        var replaced = TextParts.Replace(text, Representation.Text(a[1]), escaped ? MarkupValue.Escape(a[2]).Text
            : Representation.Text(a[2]), count);
        return escaped ? new MarkupValue(replaced) : replaced;
    }

    private static string Title(string text)
    {
        var result = new StringBuilder();
        var begins = true;
        for (var at = 0; at < text.Length;)
        {
            var one = CodePoints.At(text, at);
            result.Append(begins ? Casing.Upper(one) : Casing.Lower(one));
            begins = one[0] is '-' or '(' or '{' or '[' or '<' || Spaces.IsSpace(one[0]);
            at += one.Length;
        }
        return result.ToString();
    }

    private static MarkupValue JsonFor(string json) => new(json
        .Replace("<", "\\u003c", StringComparison.Ordinal).Replace(">", "\\u003e", StringComparison.Ordinal)
        .Replace("&", "\\u0026", StringComparison.Ordinal).Replace("'", "\\u0027", StringComparison.Ordinal));

    private static object XmlAttributes(object?[] a, Evaluation run)
    {
        var dict = MapFilters.Map(a[0]);
        var items = new List<string>();
        foreach (var (key, value) in dict.Pairs.Where(pair => pair.Value is not null and not UndefinedValue))
        {
            var name = TextMethods.Need(key, "attribute name");
            if (name.AsSpan().IndexOfAny(" \t\n\r\f\v/>=") >= 0)
                throw PythonError.Value($"Invalid character in attribute name: {Representation.Quote(name)}");
            items.Add($"{MarkupValue.Escape(key).Text}=\"{MarkupValue.Escape(value).Text}\"");
        }
        var text = (Types.IsTrue(a[1]) && items.Count > 0 ? " " : "") + string.Join(' ', items);
        return run.Autoescape ? new MarkupValue(text) : text;
    }
}
