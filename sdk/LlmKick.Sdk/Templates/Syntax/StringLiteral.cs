using System.Globalization;
using System.Text;
using LlmKick.Sdk.Templates.Values;

namespace LlmKick.Sdk.Templates.Syntax;

/// <summary>What stands between quotation marks, after Python's codec <c>unicode-escape</c>.</summary>
internal static class StringLiteral
{
    private const string Simple = "\\\\''\"\"a\ab\bf\fn\nr\rt\tv\v";

    public static string Read(string raw, int line)
    {
        raw = Lexer.Newlines(raw);
        if (!raw.Contains('\\', StringComparison.Ordinal))
            return raw;
        var text = new StringBuilder(raw.Length);
        for (var at = 0; at < raw.Length;)
            at = raw[at] == '\\' ? Escape(raw, at + 1, text, line) : Plain(raw, at, text);
        return text.ToString();
    }

    private static int Plain(string raw, int at, StringBuilder text)
    {
        text.Append(raw[at]);
        return at + 1;
    }

    private static int Escape(string raw, int at, StringBuilder text, int line)
    {
        var sign = raw[at];
        if (sign == '\n')
            return at + 1;
        for (var i = 0; i < Simple.Length; i += 2)
            if (Simple[i] == sign)
                return Add(text, Simple[i + 1], at + 1);
        return sign switch
        {
            'x' => Hex(raw, at + 1, 2, @"truncated \xXX escape", text, line),
            'u' => Hex(raw, at + 1, 4, @"truncated \uXXXX escape", text, line),
            'U' => Hex(raw, at + 1, 8, @"truncated \UXXXXXXXX escape", text, line),
            'N' => Named(raw, at + 1, text, line),
            >= '0' and <= '7' => Octal(raw, at, text),
            // The codec sees other letters as escapes already, whose own backslash the first one then takes.
            > '\x7f' => NonAscii(raw, at, text),
            _ => Unknown(raw, at, text),
        };
    }

    private static int Add(StringBuilder text, char character, int next)
    {
        text.Append(character);
        return next;
    }

    private static int Unknown(string raw, int at, StringBuilder text)
    {
        text.Append('\\').Append(raw[at]);
        return at + 1;
    }

    private static int NonAscii(string raw, int at, StringBuilder text)
    {
        var point = char.IsSurrogatePair(raw, at) ? char.ConvertToUtf32(raw, at) : raw[at];
        var form = point < 0x100 ? "x{0:x2}" : point < 0x10000 ? "u{0:x4}" : "U{0:x8}";
        text.Append('\\').AppendFormat(CultureInfo.InvariantCulture, form, point);
        return at + (point < 0x10000 ? 1 : 2);
    }

    private static int Octal(string raw, int at, StringBuilder text)
    {
        var (value, end) = (0, at);
        while (end < raw.Length && end < at + 3 && raw[end] is >= '0' and <= '7')
            value = (value * 8) + raw[end++] - '0';
        text.Append((char)value);
        return end;
    }

    private static int Hex(string raw, int at, int length, string fault, StringBuilder text, int line)
    {
        if (at + length > raw.Length || !raw.AsSpan(at, length).ContainsOnlyHex())
            throw PythonError.Syntax(fault, line);
        var value = uint.Parse(raw.AsSpan(at, length), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        if (value > 0x10ffff)
            throw PythonError.Syntax("illegal Unicode character", line);
        text.Append(value < 0x10000 ? ((char)value).ToString() : char.ConvertFromUtf32((int)value));
        return at + length;
    }

    private static bool ContainsOnlyHex(this ReadOnlySpan<char> text) => !text.ContainsAnyExcept("0123456789abcdefABCDEF");

    private static int Named(string raw, int at, StringBuilder text, int line)
    {
        var end = at < raw.Length && raw[at] == '{' ? raw.IndexOf('}', at) : -1;
        if (end < at + 2)
            throw PythonError.Syntax(@"malformed \N character escape", line);
        text.Append(CharacterNames.Find(raw[(at + 1)..end]) ?? throw PythonError.Syntax("unknown Unicode character name", line));
        return end + 1;
    }
}
