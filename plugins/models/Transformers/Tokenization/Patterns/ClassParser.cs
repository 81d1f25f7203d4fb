using LlmKick.Sdk;

namespace LlmKick.Transformers.Tokenization.Patterns;

/// <summary>Reads a class in brackets, with classes in it, intersections and POSIX's names.</summary>
internal sealed class ClassParser(PatternScanner scanner, bool ignoresCase, Func<string, LlmKickException> fault, int depth = 0)
{
    // It calls itself for each class in a class; real ones have two levels.
    private const int MostDepth = 32;

    private CodePointSet? _before;
    private readonly List<CodePointSet> _sets = [];

    public CodePointSet Parse()
    {
        if (depth > MostDepth)
            throw fault("its pattern has classes too deep in one another");
        scanner.Skip(1);
        var isNegated = scanner.TrySkip("^");
        for (var isFirst = true; isFirst || scanner.PeekAt(0) != ']'; isFirst = false)
            ReadItem();
        scanner.Skip(1);
        var set = CaseFolding.Close(Current(), ignoresCase);
        return isNegated ? set.Complement() : set;
    }

    private CodePointSet Current()
    {
        var set = CodePointSet.Union(_sets);
        return _before is null ? set : _before.Intersect(set);
    }

    private void ReadItem()
    {
        if (scanner.IsAtEnd)
            throw scanner.Cut();
        if (scanner.TrySkip("&&"))
        {
            _before = Current();
            _sets.Clear();
        }
        else if (scanner.TrySkip("[:"))
            _sets.Add(Posix());
        else if (scanner.Peek == '[')
            _sets.Add(new ClassParser(scanner, ignoresCase, fault, depth + 1).Parse());
        else
            ReadRange();
    }

    private CodePointSet Posix()
    {
        var name = scanner.ReadTo(':');
        if (!scanner.TrySkip("]"))
            throw scanner.Cut();
        var isNegated = name.StartsWith('^');
        var set = UnicodeProperty.Find(isNegated ? name[1..] : name)
            ?? throw fault($"its pattern has the class '[:{name}:]', which is not known");
        return isNegated ? set.Complement() : set;
    }

    private void ReadRange()
    {
        var first = ReadOne();
        if (scanner.PeekAt(0) != '-' || scanner.PeekAt(1) is ']' or '[' or '\0' || first.Count != 1)
        {
            _sets.Add(first);
            return;
        }
        scanner.Skip(1);
        var last = ReadOne();
        if (last.Count != 1)
        {
            _sets.AddRange([first, CodePointSet.Of('-'), last]);
            return;
        }
        var (from, to) = (first.Ranges[0].First, last.Ranges[0].First);
        _sets.Add(from <= to ? CodePointSet.Of(from, to) : throw fault("its pattern has a range that ends before it begins"));
    }

    private CodePointSet ReadOne() => scanner.PeekAt(0) switch
    {
        '\\' when scanner.PeekAt(1) == 'b' => Backspace(),
        '\\' => scanner.ReadEscape(),
        _ => CodePointSet.Of(scanner.ReadPoint()),
    };

    private CodePointSet Backspace()
    {
        scanner.Skip(2);
        return CodePointSet.Of('\b');
    }
}
