using System.Globalization;
using System.Text;

namespace LlmKick.Sdk.Templates.Library;

/// <summary><c>strftime</c> of the C library in the locale C, for a local time without a zone.</summary>
internal static class ClockText
{
    public static string Format(DateTime time, string format)
    {
        var text = new StringBuilder();
        for (var at = 0; at < format.Length; at++)
            if (format[at] != '%' || at + 1 >= format.Length)
                text.Append(format[at]);
            else
                at = Directive(time, format, at, text);
        return text.ToString();
    }

    private static int Directive(DateTime time, string format, int start, StringBuilder text)
    {
        var at = start + 1;
        var flags = "";
        while (at < format.Length && format[at] is '-' or '_' or '0' or '^' or '#')
            flags += format[at++];
        var (width, first) = (0, at);
        while (at < format.Length && at - first < 4 && char.IsAsciiDigit(format[at]))
            width = (width * 10) + format[at++] - '0';
        if (at < format.Length && format[at] is 'E' or 'O' && at + 1 < format.Length)
            at++;
        var value = at < format.Length ? Value(time, format[at], flags, width) : null;
        text.Append(value ?? format[start..Math.Min(at + 1, format.Length)]);
        return at;
    }

    private static string? Value(DateTime time, char directive, string flags, int width)
    {
        if (Number(time, directive) is var (number, size, fill) && size > 0)
            return Pad(number.ToString(CultureInfo.InvariantCulture), flags, Math.Max(size, width), fill);
        if (Text(time, directive) is not { } text)
            return null;
        text = flags.Contains('^', StringComparison.Ordinal) ? text.ToUpperInvariant()
            : flags.Contains('#', StringComparison.Ordinal) ? directive == 'p' ? text.ToLowerInvariant() : text.ToUpperInvariant() : text;
        return text.PadLeft(width, flags.Contains('0', StringComparison.Ordinal) ? '0' : ' ');
    }

    private static string Pad(string digits, string flags, int size, char fill) =>
        (flags.LastOrDefault(flag => flag is '-' or '_' or '0')) switch
    {
        '-' => digits,
        '_' => digits.PadLeft(size, ' '),
        '0' => digits.PadLeft(size, '0'),
        _ => digits.PadLeft(size, fill),
    };

    private static (int Number, int Size, char Fill) Number(DateTime time, char directive) => directive switch
    {
        'd' => (time.Day, 2, '0'),
        'e' => (time.Day, 2, ' '),
        'm' => (time.Month, 2, '0'),
        'y' => (time.Year % 100, 2, '0'),
        'Y' => (time.Year, 1, '0'),
        'C' => (time.Year / 100, 2, '0'),
        'H' => (time.Hour, 2, '0'),
        'k' => (time.Hour, 2, ' '),
        'I' => (Twelve(time), 2, '0'),
        'l' => (Twelve(time), 2, ' '),
        'M' => (time.Minute, 2, '0'),
        'S' => (time.Second, 2, '0'),
        'j' => (time.DayOfYear, 3, '0'),
        'w' => ((int)time.DayOfWeek, 1, '0'),
        'u' => (((int)time.DayOfWeek + 6) % 7 + 1, 1, '0'),
        'U' => ((time.DayOfYear + 6 - (int)time.DayOfWeek) / 7, 2, '0'),
        'W' => ((time.DayOfYear + 6 - (((int)time.DayOfWeek + 6) % 7)) / 7, 2, '0'),
        'V' => (ISOWeek.GetWeekOfYear(time), 2, '0'),
        'G' => (ISOWeek.GetYear(time), 1, '0'),
        'g' => (ISOWeek.GetYear(time) % 100, 2, '0'),
        _ => default,
    };

    private static string? Text(DateTime time, char directive) => directive switch
    {
        'a' => time.ToString("ddd", CultureInfo.InvariantCulture),
        'A' => time.ToString("dddd", CultureInfo.InvariantCulture),
        'b' or 'h' => time.ToString("MMM", CultureInfo.InvariantCulture),
        'B' => time.ToString("MMMM", CultureInfo.InvariantCulture),
        'c' => Format(time, "%a %b %e %H:%M:%S %Y"),
        'D' or 'x' => Format(time, "%m/%d/%y"),
        'f' => (time.Ticks % TimeSpan.TicksPerSecond / 10).ToString("000000", CultureInfo.InvariantCulture),
        'F' => Format(time, "%Y-%m-%d"),
        'n' => "\n",
        'p' => time.Hour < 12 ? "AM" : "PM",
        'P' => time.Hour < 12 ? "am" : "pm",
        'r' => Format(time, "%I:%M:%S %p"),
        'R' => Format(time, "%H:%M"),
        's' => ((time - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerSecond).ToString(CultureInfo.InvariantCulture),
        't' => "\t",
        'T' or 'X' => Format(time, "%H:%M:%S"),
        'z' or 'Z' => "",
        '%' => "%",
        _ => null,
    };

    private static int Twelve(DateTime time) => time.Hour % 12 == 0 ? 12 : time.Hour % 12;
}
