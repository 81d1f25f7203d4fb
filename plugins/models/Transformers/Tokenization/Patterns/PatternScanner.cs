using System.Globalization;
using System.Text;
using LlmKick.Sdk;

namespace LlmKick.Transformers.Tokenization.Patterns;

/// <summary>Goes through the characters of a pattern.</summary>
internal sealed class PatternScanner(string pattern, Func<string, LlmKickException> fault)
{
    public int At { get; private set; }

    public bool IsAtEnd => At >= pattern.Length;

    public char Peek => pattern[At];

    /// <summary>A character further on; NUL behind the end.</summary>
    public char PeekAt(int ahead) => At + ahead < pattern.Length ? pattern[At + ahead] : '\0';

    public void Skip(int count) => At += count;

    public bool TrySkip(string text)
    {
        var isHere = string.CompareOrdinal(pattern, At, text, 0, text.Length) == 0;
        At += isHere ? text.Length : 0;
        return isHere;
    }

    public int ReadPoint()
    {
        if (IsAtEnd)
            throw Cut();
        Rune.DecodeFromUtf16(pattern.AsSpan(At), out var rune, out var length);
        At += length;
        return rune.Value;
    }

    /// <summary>The text up to a mark, which is passed.</summary>
    public string ReadTo(char mark)
    {
        var end = pattern.IndexOf(mark, Math.Min(At, pattern.Length));
        if (end < 0)
            throw Cut();
        var text = pattern[At..end];
        At = end + 1;
        return text;
    }

    /// <summary>Reads a backslash and what belongs to it.</summary>
    public CodePointSet ReadEscape()
    {
        At++;
        var letter = ReadPoint();
        return (char)Math.Min(letter, char.MaxValue) switch
        {
            'd' => UnicodeProperty.Digit,
            'D' => UnicodeProperty.Digit.Complement(),
            'w' => UnicodeProperty.Word,
            'W' => UnicodeProperty.Word.Complement(),
            's' => UnicodeProperty.Space,
            'S' => UnicodeProperty.Space.Complement(),
            'h' => UnicodeProperty.Hex,
            'H' => UnicodeProperty.Hex.Complement(),
            'p' => Property(isNegated: false),
            'P' => Property(isNegated: true),
            'x' => CodePointSet.Of(PeekAt(0) == '{' ? Braced() : Hex(2)),
            'u' => CodePointSet.Of(Hex(4)),
            'n' => CodePointSet.Of('\n'),
            't' => CodePointSet.Of('\t'),
            'r' => CodePointSet.Of('\r'),
            'f' => CodePointSet.Of('\f'),
            'v' => CodePointSet.Of('\v'),
            'a' => CodePointSet.Of('\a'),
            'e' => CodePointSet.Of(0x1B),
            '0' => CodePointSet.Of(0),
            _ => CodePointSet.Of(letter),
        };
    }

    public LlmKickException Cut() => fault($"its pattern ends too early: {pattern}");

    private CodePointSet Property(bool isNegated)
    {
        var name = !IsAtEnd && Peek == '{' ? ReadTo('}')[1..] : ((char)ReadPoint()).ToString();
        if (name.StartsWith('^'))
            (name, isNegated) = (name[1..], !isNegated);
        name = name.Replace("Script=", "", StringComparison.OrdinalIgnoreCase).Replace("sc=", "", StringComparison.OrdinalIgnoreCase);
        var set = UnicodeProperty.Find(name) ?? throw fault($"its pattern has the property '{name}', which is not known: {pattern}");
        return isNegated ? set.Complement() : set;
    }

    private int Braced()
    {
        At++;
        return Parse(ReadTo('}'));
    }

    private int Hex(int most)
    {
        var count = 0;
        while (count < most && char.IsAsciiHexDigit(PeekAt(count)))
            count++;
        var text = pattern.Substring(At, count);
        At += count;
        return Parse(text);
    }

    private int Parse(string digits) => int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var point)
        && point is >= 0 and <= CodePointSet.Last
        ? point
        : throw fault($"its pattern names the character '{digits}', which is none: {pattern}");
}
