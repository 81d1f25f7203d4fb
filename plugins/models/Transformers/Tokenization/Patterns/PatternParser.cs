using System.Globalization;
using System.Text.RegularExpressions;
using LlmKick.Sdk;

namespace LlmKick.Transformers.Tokenization.Patterns;

/// <summary>
/// Reads a regular expression of Oniguruma, which is what tokenizer files hold, into sets of code points and the syntax between
/// them in .NET's terms. What has no such terms is refused by name.
/// </summary>
internal sealed partial class PatternParser(string pattern, Func<string, LlmKickException> fault)
{
    // Real ones have some hundreds; time and memory to compile grow with the length.
    private const int MostUnits = 1 << 16;

    private readonly List<PatternPart> _parts = [];
    private readonly Stack<(int Start, bool IgnoresCase, bool IsDotAll)> _groups = new();
    private readonly PatternScanner _scanner = new(pattern, fault);
    private bool _ignoresCase;
    private bool _isDotAll;
    private int _atom = -1;
    private bool _isQuantified;

    public IReadOnlyList<PatternPart> Parse()
    {
        if (pattern.Length > MostUnits)
            throw fault($"its pattern has {pattern.Length} characters, over the limit of {MostUnits}");
        while (!_scanner.IsAtEnd)
            ReadPart();
        return _parts;
    }

    private void ReadPart()
    {
        switch (_scanner.Peek)
        {
            case '(':
                OpenGroup();
                break;
            case ')':
                CloseGroup();
                break;
            case '|':
                _scanner.Skip(1);
                AddSyntax("|");
                break;
            case '^':
                _scanner.Skip(1);
                AddSyntax(@"(?:(?<=\n)|\A)");
                break;
            case '$':
                _scanner.Skip(1);
                AddSyntax(@"(?=\n|\z)");
                break;
            case '*' or '+' or '?' or '{' when QuantifierRegex().Match(pattern, _scanner.At) is { Success: true } match:
                AddQuantifier(match);
                break;
            default:
                ReadAtom();
                break;
        }
    }

    private void ReadAtom()
    {
        if (_scanner.Peek == '.')
        {
            _scanner.Skip(1);
            AddSet(_isDotAll ? CodePointSet.All : CodePointSet.Of('\n').Complement());
        }
        else if (_scanner.Peek == '[')
            AddSet(new ClassParser(_scanner, _ignoresCase, fault).Parse());
        else if (_scanner.Peek == '\\' && Anchor(_scanner.PeekAt(1)) is { } anchor)
        {
            _scanner.Skip(2);
            _atom = _parts.Count;
            _isQuantified = false;
            _parts.AddRange(anchor);
        }
        else
            AddSet(CaseFolding.Close(_scanner.Peek == '\\' ? _scanner.ReadEscape() : CodePointSet.Of(_scanner.ReadPoint()), _ignoresCase));
    }

    /// <summary>Escapes that stand for a place, or for more than one character.</summary>
    private PatternPart[]? Anchor(char letter) => letter switch
    {
        'A' => [new(null, @"\A")],
        'z' => [new(null, @"\z")],
        'Z' => [new(null, @"(?=\n?\z)")],
        'b' => Border("(?:(?<=", ")(?!", ")|(?<!", ")(?=", "))"),
        'B' => Border("(?:(?<=", ")(?=", ")|(?<!", ")(?!", "))"),
        'R' => [new(null, @"(?>\r\n|[\n-\r\x85\u2028\u2029])")],
        (>= '1' and <= '9') or 'k' or 'g' or 'G' or 'K' or 'X' =>
            throw fault($"its pattern has '\\{letter}', which is not supported: {pattern}"),
        _ => null,
    };

    private static PatternPart[] Border(params string[] syntax) =>
        [.. syntax.SelectMany((text, i) => i == syntax.Length - 1 ? [new PatternPart(null, text)]
            : new[] { new PatternPart(null, text), new PatternPart(UnicodeProperty.Word) })];

    private void OpenGroup()
    {
        var match = GroupRegex().Match(pattern, _scanner.At);
        if (!match.Success)
            throw fault($"its pattern has a group that is not supported, at character {_scanner.At + 1}: {pattern}");
        _scanner.Skip(match.Length);
        if (match.Groups["comment"].Success)
            return;
        if (match.Groups["flags"].Success)
        {
            OpenFlags(match.Groups["flags"].Value, match.Value.EndsWith(':'));
            return;
        }
        _groups.Push((_parts.Count, _ignoresCase, _isDotAll));
        AddSyntax(match.Groups["kind"].Success ? match.Value : "(?:");
    }

    /// <summary>Flags hold to the end of the group that they stand in, or open one.</summary>
    private void OpenFlags(string flags, bool opens)
    {
        if (opens)
        {
            _groups.Push((_parts.Count, _ignoresCase, _isDotAll));
            AddSyntax("(?:");
        }
        var off = flags.IndexOf('-', StringComparison.Ordinal) is >= 0 and var at ? at : flags.Length;
        if (flags.Contains('x', StringComparison.Ordinal))
            throw fault($"its pattern has the flag 'x', which is not supported: {pattern}");
        _ignoresCase = flags[..off].Contains('i', StringComparison.Ordinal)
            || (_ignoresCase && !flags[off..].Contains('i', StringComparison.Ordinal));
        _isDotAll = flags[..off].Contains('m', StringComparison.Ordinal)
            || (_isDotAll && !flags[off..].Contains('m', StringComparison.Ordinal));
    }

    private void CloseGroup()
    {
        if (!_groups.TryPop(out var group))
            throw fault($"its pattern closes a group that is not open, at character {_scanner.At + 1}: {pattern}");
        _scanner.Skip(1);
        AddSyntax(")");
        (_atom, _ignoresCase, _isDotAll, _isQuantified) = (group.Start, group.IgnoresCase, group.IsDotAll, false);
    }

    private void AddQuantifier(Match match)
    {
        if (_atom < 0)
            throw fault($"its pattern repeats nothing, at character {_scanner.At + 1}: {pattern}");
        _scanner.Skip(match.Length);
        if (_isQuantified)
            Wrap("(?:");
        var count = match.Groups["count"].Value;
        _parts.Add(new(null,
            (count.StartsWith("{,", StringComparison.Ordinal) ? "{0" + count[1..] : count) + (match.Groups["lazy"].Success ? "?" : "")));
        if (match.Groups["possessive"].Success)
            Wrap("(?>");
        _isQuantified = !match.Groups["possessive"].Success;
    }

    private void Wrap(string open)
    {
        _parts.Insert(_atom, new(null, open));
        _parts.Add(new(null, ")"));
    }

    private void AddSet(CodePointSet set)
    {
        (_atom, _isQuantified) = (_parts.Count, false);
        _parts.Add(new(set));
    }

    private void AddSyntax(string syntax)
    {
        _atom = -1;
        _parts.Add(new(null, syntax));
    }

    [GeneratedRegex(@"\G(?:(?<count>[*+?])(?:(?<lazy>\?)|(?<possessive>\+))?|(?<count>\{(?:\d{1,5}(?:,\d{0,5})?|,\d{1,5})\})(?<lazy>\?)?)")]
    private static partial Regex QuantifierRegex();

    [GeneratedRegex(@"\G\((?:\?#(?<comment>[^)]*)\)|\?(?<flags>[imx]*(?:-[imx]+)?)[:)]|(?<kind>\?(?:[=!>]|<[=!]))|\?P?<\w+>|(?!\?))")]
    private static partial Regex GroupRegex();
}
