using System.Globalization;

namespace LlmKick.Sdk.Templates.Values;

/// <summary>What stands behind the colon of <c>{:…}</c>: <c>[[fill]align][sign][z][#][0][width][grouping][.precision][type]</c>.</summary>
internal sealed class FormatSpecification
{
    private string rest;

    public FormatSpecification(string text, string typeName)
    {
        rest = text;
        var fill = rest.Length > 0 ? CodePoints.At(rest, 0) : "";
        if (rest.Length > fill.Length && IsAlign(rest[fill.Length]))
            (Fill, Align, rest) = (fill, rest[fill.Length], rest[(fill.Length + 1)..]);
        else if (rest.Length > 0 && IsAlign(rest[0]))
            Align = Take();
        Sign = rest.Length > 0 && rest[0] is '+' or '-' or ' ' ? Take() : '-';
        _ = Take('z');
        Alternate = Take('#');
        if (Take('0') && Align == '\0')
            (Fill, Align) = ("0", '=');
        Width = Number() ?? 0;
        Grouping = rest.Length > 0 && rest[0] is ',' or '_' ? Take() : '\0';
        if (Take('.'))
            Precision = Number() ?? throw PythonError.Value("Format specifier missing precision");
        if (rest.Length > 1)
            throw PythonError.Value($"Invalid format specifier '{text}' for object of type '{typeName}'");
        Type = rest.Length > 0 ? Take() : '\0';
    }

    public string Fill { get; } = " ";

    public char Align { get; }

    public char Sign { get; }

    public bool Alternate { get; }

    public int Width { get; }

    public char Grouping { get; }

    public int? Precision { get; }

    public char Type { get; }

    private static bool IsAlign(char character) => character is '<' or '>' or '=' or '^';

    private char Take()
    {
        var character = rest[0];
        rest = rest[1..];
        return character;
    }

    private bool Take(char sign)
    {
        if (!rest.StartsWith(sign))
            return false;
        rest = rest[1..];
        return true;
    }

    private int? Number()
    {
        var length = rest.AsSpan().IndexOfAnyExceptInRange('0', '9') is >= 0 and var end ? end : rest.Length;
        if (length == 0)
            return null;
        var number = int.TryParse(rest[..length], NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value
            : throw PythonError.Value("Too many decimal digits in format string");
        rest = rest[length..];
        return number;
    }
}
