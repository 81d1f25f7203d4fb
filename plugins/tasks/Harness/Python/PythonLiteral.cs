using System.Globalization;
using System.Text;

namespace LlmKick.Harness.Python;

/// <summary>Reads what Python's <c>ast.literal_eval</c> reads: texts, numbers, lists, tuples, sets, dictionaries, True, False,
/// None.</summary>
internal sealed class PythonLiteral
{
    private const int MostDepth = 100;
    private readonly string text;
    private int at;

    private PythonLiteral(string text) => this.text = text;

    /// <summary>Reads a value; false where the text is no literal.</summary>
    public static bool TryRead(string text, out object? value)
    {
        var reader = new PythonLiteral(text.Trim(' ', '\t'));
        try
        {
            value = reader.Value(0);
            reader.Blank();
            if (reader.at == reader.text.Length)
                return true;
        }
        catch (FormatException)
        {
            value = null;
        }
        return false;
    }

    private char Peek => at < text.Length ? text[at] : '\0';

    private object? Value(int depth)
    {
        if (depth > MostDepth)
            throw new FormatException();
        Blank();
        return Peek switch
        {
            '[' => List('[', ']', depth),
            '(' => Tuple(depth),
            '{' => Map(depth),
            '\'' or '"' => Texts(),
            '-' or '+' or '.' or (>= '0' and <= '9') => Number(),
            _ => Word(),
        };
    }

    private List<object?> List(char open, char close, int depth)
    {
        Take(open);
        var items = new List<object?>();
        for (Blank(); Peek != close; Blank())
        {
            items.Add(Value(depth + 1));
            Blank();
            if (Peek != close)
                Take(',');
        }
        Take(close);
        return items;
    }

    private object? Tuple(int depth)
    {
        var start = at;
        var items = List('(', ')', depth);
        // One value in parentheses without a comma is that value.
        return items.Count == 1 && !text[start..(at - 1)].TrimEnd().EndsWith(',') ? items[0] : items;
    }

    private object Map(int depth)
    {
        Take('{');
        Blank();
        var (pairs, items) = (new OrderedDictionary<string, object?>(), new List<object?>());
        while (Peek != '}')
        {
            var key = Value(depth + 1);
            Blank();
            if (Peek == ':')
            {
                at++;
                pairs[PythonText.Str(key)] = Value(depth + 1);
            }
            else
                items.Add(key);
            Blank();
            if (Peek != '}')
                Take(',');
            Blank();
        }
        Take('}');
        if (items.Count > 0 && pairs.Count > 0)
            throw new FormatException();
        return items.Count > 0 ? items : pairs;
    }

    /// <summary>Texts beside one another are one.</summary>
    private string Texts()
    {
        var all = new StringBuilder();
        for (; Peek is '\'' or '"'; Blank())
            all.Append(OneText());
        return all.ToString();
    }

    private string OneText()
    {
        var quote = Peek;
        var triple = string.CompareOrdinal(text, at, new string(quote, 3), 0, 3) == 0;
        at += triple ? 3 : 1;
        var all = new StringBuilder();
        while (true)
        {
            if (at >= text.Length || (!triple && Peek == '\n'))
                throw new FormatException();
            if (Peek == quote && (!triple || string.CompareOrdinal(text, at, new string(quote, 3), 0, 3) == 0))
                break;
            if (Peek == '\\')
                Escape(all);
            else
                all.Append(text[at++]);
        }
        at += triple ? 3 : 1;
        return all.ToString();
    }

    private void Escape(StringBuilder all)
    {
        at++;
        var letter = Peek;
        at++;
        switch (letter)
        {
            case 'n': all.Append('\n'); break;
            case 't': all.Append('\t'); break;
            case 'r': all.Append('\r'); break;
            case 'a': all.Append('\a'); break;
            case 'b': all.Append('\b'); break;
            case 'f': all.Append('\f'); break;
            case 'v': all.Append('\v'); break;
            case '\n': break;
            case '\\' or '\'' or '"': all.Append(letter); break;
            case 'x': Code(all, 2); break;
            case 'u': Code(all, 4); break;
            case 'U': Code(all, 8); break;
            case >= '0' and <= '7':
                var value = letter - '0';
                for (var i = 0; i < 2 && Peek is >= '0' and <= '7'; i++)
                    value = (value * 8) + (text[at++] - '0');
                all.Append((char)value);
                break;
            default: all.Append('\\').Append(letter); break;
        }
    }

    private void Code(StringBuilder all, int digits)
    {
        if (at + digits > text.Length || !int.TryParse(text.AsSpan(at, digits), NumberStyles.AllowHexSpecifier,
            CultureInfo.InvariantCulture, out var code) || code > 0x10FFFF)
            throw new FormatException();
        all.Append(code is >= 0xD800 and < 0xE000 or < 0x10000 ? ((char)code).ToString() : char.ConvertFromUtf32(code));
        at += digits;
    }

    private object Number()
    {
        var start = at;
        while (at < text.Length && (char.IsAsciiLetterOrDigit(Peek) || Peek is '.' or '_'
            || (Peek is '-' or '+' && (at == start || text[at - 1] is 'e' or 'E'))))
            at++;
        var digits = text[start..at].Replace("_", "", StringComparison.Ordinal);
        if (long.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole))
            return digits.TrimStart('-', '+') is ['0', _, ..] && whole != 0 ? throw new FormatException() : whole;
        return double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number
            : throw new FormatException();
    }

    private object? Word()
    {
        foreach (var (word, value) in new (string, object?)[] { ("None", null), ("True", true), ("False", false) })
            if (string.CompareOrdinal(text, at, word, 0, word.Length) == 0)
            {
                at += word.Length;
                return value;
            }
        throw new FormatException();
    }

    private void Blank()
    {
        while (Peek is ' ' or '\t' or '\n' or '\r')
            at++;
    }

    private void Take(char expected)
    {
        if (Peek != expected)
            throw new FormatException();
        at++;
    }
}
