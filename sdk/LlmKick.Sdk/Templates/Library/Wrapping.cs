using System.Text.RegularExpressions;
using LlmKick.Sdk.Templates.Values;

namespace LlmKick.Sdk.Templates.Library;

/// <summary>Texts shortened, and broken into lines as Python's <c>textwrap</c> does.</summary>
internal static partial class Wrapping
{
    // Jinja2's policy truncate.leeway.
    private const int Leeway = 5;

    public static object? Truncate(object?[] a)
    {
        var end = TextMethods.Need(a[3], "end");
        var (length, leeway) = (Types.SmallIndex(a[1]), a[4] is null ? Leeway : Types.SmallIndex(a[4]));
        if (length < CodePoints.Count(end))
            throw new PythonError("AssertionError", $"expected length >= {CodePoints.Count(end)}, got {length}");
        if (leeway < 0)
            throw new PythonError("AssertionError", $"expected leeway >= 0, got {leeway}");
        if (Iteration.Length(a[0]) <= (long)length + leeway)
            return a[0];
        var text = Types.Text(a[0])
            ?? throw PythonError.Type($"can only concatenate {Types.Name(a[0])} (not \"str\") to {Types.Name(a[0])}");
        var cut = CodePoints.Slice(text, 0, length - CodePoints.Count(end));
        if (!Types.IsTrue(a[2]) && cut.LastIndexOf(' ') is >= 0 and var blank)
            cut = cut[..blank];
        return a[0] is MarkupValue ? new MarkupValue(cut + MarkupValue.Escape(a[3]).Text) : cut + end;
    }

    public static int CountWords(string text)
    {
        var (count, inside) = (0, false);
        for (var at = 0; at < text.Length; at += char.IsSurrogatePair(text, at) ? 2 : 1)
        {
            var word = text[at] == '_' || Characters.IsAlphanumeric(text, at);
            count += word && !inside ? 1 : 0;
            inside = word;
        }
        Evaluation.Step(text.Length >> 3);
        return count;
    }

    public static string Wrap(object?[] a)
    {
        var text = Types.Text(a[0])
            ?? throw new PythonError("AttributeError", $"'{Types.Name(a[0])}' object has no attribute 'splitlines'");
        var width = Types.SmallIndex(a[1]);
        if (width <= 0)
            throw PythonError.Value($"invalid width {width} (must be > 0)");
        var end = a[3] is null ? "\n" : TextMethods.Need(a[3], "wrapstring");
        var lines = TextParts.Lines(text, keep: false)
            .SelectMany(line => Lines(line, width, Types.IsTrue(a[2]), Types.IsTrue(a[4])).DefaultIfEmpty(""));
        return TextParts.Join(end, new IteratorValue(lines));
    }

    private static IEnumerable<string> Lines(string text, int width, bool breaks, bool hyphens)
    {
        var pattern = hyphens ? Words() : Blanks();
        var chunks = new Stack<string>(pattern.Split(text).Where(chunk => chunk.Length > 0).Reverse());
        for (var lines = 0; chunks.Count > 0; lines++)
        {
            if (lines > 0 && Spaces.IsBlank(chunks.Peek()))
                chunks.Pop();
            var (line, length) = (new List<string>(), 0);
            while (chunks.Count > 0 && length + CodePoints.Count(chunks.Peek()) <= width)
            {
                length += CodePoints.Count(chunks.Peek());
                line.Add(chunks.Pop());
            }
            if (chunks.Count > 0 && CodePoints.Count(chunks.Peek()) > width)
                BreakLong(chunks, line, width - length, width, breaks);
            if (line.Count > 0 && Spaces.IsBlank(line[^1]))
                line.RemoveAt(line.Count - 1);
            if (line.Count > 0)
                yield return string.Concat(line);
        }
    }

    private static void BreakLong(Stack<string> chunks, List<string> line, int room, int width, bool breaks)
    {
        if (breaks)
        {
            var chunk = chunks.Pop();
            var at = CodePoints.Offset(chunk, Math.Max(1, width < 1 ? 1 : room));
            if (room > 0 && chunk.LastIndexOf('-', at - 1) is > 0 and var hyphen && chunk[..hyphen].Any(character => character != '-'))
                at = hyphen + 1;
            line.Add(chunk[..(room > 0 ? at : 0)]);
            chunks.Push(chunk[(room > 0 ? at : 0)..]);
            line.RemoveAll(part => part.Length == 0);
        }
        else if (line.Count == 0)
            line.Add(chunks.Pop());
    }

    [GeneratedRegex(@"([\t\n\v\f\r ]+|(?<=[\w!""'&.,?])-{2,}(?=\w)|"
        + @"[^\t\n\v\f\r ](?:(?:[^\t\n\v\f\r ](?!(?<=\w)-{2,}))*?)(?:-(?:(?<=[^\d\W]{2}-)|(?<=[^\d\W]-[^\d\W]-))(?=[^\d\W]-?[^\d\W])|"
        + @"(?=[\t\n\v\f\r ]|\z)|(?<=[\w!""'&.,?])(?=-{2,}\w)))")]
    private static partial Regex Words();

    [GeneratedRegex(@"([\t\n\v\f\r ]+)")]
    private static partial Regex Blanks();
}
