using System.Globalization;
using System.Text;

namespace LlmKick.Harness.Python;

/// <summary>Values as Python writes them.</summary>
internal static class PythonText
{
    /// <summary><c>str(value)</c>.</summary>
    public static string Str(object? value) => value as string ?? Repr(value);

    /// <summary><c>repr(value)</c>.</summary>
    public static string Repr(object? value) => value switch
    {
        null => "None",
        bool flag => flag ? "True" : "False",
        double number => Float(number),
        string text => Quoted(text),
        IReadOnlyDictionary<string, object?> map =>
            "{" + string.Join(", ", map.Select(pair => $"{Quoted(pair.Key)}: {Repr(pair.Value)}")) + "}",
        IReadOnlyList<object?> list => "[" + string.Join(", ", list.Select(Repr)) + "]",
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };

    /// <summary><c>json.dumps(value, indent=2, ensure_ascii=False)</c>.</summary>
    public static string Json(object? value)
    {
        var text = new StringBuilder();
        Write(value, text, "\n");
        return text.ToString();
    }

    /// <summary>A float by its shortest digits.</summary>
    public static string Float(double number)
    {
        if (double.IsNaN(number))
            return "nan";
        if (double.IsInfinity(number))
            return number > 0 ? "inf" : "-inf";
        var shortest = number.ToString("R", CultureInfo.InvariantCulture);
        if (Math.Abs(number) >= 1e16 && !shortest.Contains('E', StringComparison.Ordinal))
            shortest = $"{shortest.TrimEnd('0')}E{shortest.Length - shortest.TrimEnd('0').Length}";
        if (!shortest.Contains('E', StringComparison.Ordinal))
            return shortest.Contains('.', StringComparison.Ordinal) ? shortest : shortest + ".0";
        return Math.Abs(number) is >= 1e-4 and < 1e16 ? number.ToString("0.0######", CultureInfo.InvariantCulture) : Exponent(shortest);
    }

    private static string Exponent(string text)
    {
        var at = text.IndexOf('E', StringComparison.Ordinal);
        var power = int.Parse(text[(at + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var digits = text[..at];
        var sign = digits[0] == '-' ? "-" : "";
        digits = digits[sign.Length..];
        if (!digits.Contains('.', StringComparison.Ordinal) && digits.Length > 1)
            (power, digits) = (power + digits.Length - 1, $"{digits[0]}.{digits[1..]}");
        return string.Create(CultureInfo.InvariantCulture, $"{sign}{digits}e{(power < 0 ? '-' : '+')}{Math.Abs(power):00}");
    }

    /// <summary><c>len(text)</c>: a character outside the first plane counts once.</summary>
    public static int Length(string text) => text.Length - text.Count(char.IsLowSurrogate);

    private static string Quoted(string text)
    {
        var quote = text.Contains('\'', StringComparison.Ordinal) && !text.Contains('"', StringComparison.Ordinal) ? '"' : '\'';
        var written = new StringBuilder().Append(quote);
        foreach (var letter in text)
            written.Append(letter switch
            {
                '\\' => @"\\",
                '\n' => @"\n",
                '\r' => @"\r",
                '\t' => @"\t",
                _ when letter == quote => $"\\{letter}",
                _ when letter < ' ' || letter == 127 => $"\\x{(int)letter:x2}",
                _ => letter.ToString(),
            });
        return written.Append(quote).ToString();
    }

    private static void Write(object? value, StringBuilder text, string line)
    {
        var inner = line + "  ";
        switch (value)
        {
            case null:
                text.Append("null");
                break;
            case bool flag:
                text.Append(flag ? "true" : "false");
                break;
            case string words:
                JsonString(words, text);
                break;
            case double number:
                text.Append(double.IsNaN(number) ? "NaN" : double.IsInfinity(number) ? (number > 0 ? "Infinity" : "-Infinity")
                    : Float(number));
                break;
            case IReadOnlyDictionary<string, object?> map:
                Items(map.ToList(), '{', '}', pair =>
                {
                    JsonString(pair.Key, text);
                    text.Append(": ");
                    Write(pair.Value, text, inner);
                }, text, line);
                break;
            case IReadOnlyList<object?> list:
                Items(list, '[', ']', item => Write(item, text, inner), text, line);
                break;
            default:
                text.Append(Repr(value));
                break;
        }
    }

    private static void Items<T>(IReadOnlyList<T> items, char open, char close, Action<T> write, StringBuilder text, string line)
    {
        text.Append(open);
        for (var i = 0; i < items.Count; i++)
        {
            text.Append(i == 0 ? "" : ",").Append(line).Append("  ");
            write(items[i]);
        }
        text.Append(items.Count > 0 ? line : "").Append(close);
    }

    private static void JsonString(string words, StringBuilder text)
    {
        text.Append('"');
        foreach (var letter in words)
            text.Append(letter switch
            {
                '"' => "\\\"",
                '\\' => @"\\",
                '\n' => @"\n",
                '\r' => @"\r",
                '\t' => @"\t",
                '\b' => @"\b",
                '\f' => @"\f",
                < ' ' => $"\\u{(int)letter:x4}",
                _ => letter.ToString(),
            });
        text.Append('"');
    }
}
