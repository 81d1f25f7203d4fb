using System.Text.RegularExpressions;

namespace LlmKick.Kick.Judging;

/// <summary>
/// Finds the mark, such as <c>[[5]]</c>, that a reply gives as its verdict: after a word such as `rating`, alone on its line, or at the
/// reply's start or end where no other value is marked. What it quotes, or tells of the form or the scale, is no verdict; several different
/// ones are none.
/// </summary>
internal static partial class AnchoredMark
{
    /// <summary>The value of the verdict; null where there is none, or no single one.</summary>
    /// <param name="reply">The reply.</param>
    /// <param name="mark">A mark; its first group is the value.</param>
    public static string? Find(string reply, Regex mark)
    {
        string[] lines = reply.Trim().Split('\n');
        var marks = lines.SelectMany((line, i) => Marks(line, mark)
            .Select(one => one with { IsFirst = i == 0 && one.IsFirst, IsLast = i == lines.Length - 1 && one.IsLast })).ToList();
        var strong = marks.FindAll(one => one.IsLabelled || one.IsAlone);
        return strong.Count > 0 ? Only(strong) : marks is [{ IsFirst: true }, ..] or [.., { IsLast: true }] ? Only(marks) : null;
    }

    /// <summary>The same, where only a word before the mark makes it a verdict: alone it may be a source's number.</summary>
    public static string? FindLabelled(string reply, Regex mark) =>
        Only(reply.Split('\n').SelectMany(line => Marks(line, mark)).Where(one => one.IsLabelled));

    private static string? Only(IEnumerable<Mark> marks) => marks.Select(one => one.Value).Distinct().ToList() is [var only] ? only : null;

    private static IEnumerable<Mark> Marks(string line, Regex mark)
    {
        foreach (Match match in mark.Matches(line))
        {
            var before = line[..match.Index];
            var (isFirst, isLast) = (IsBare(before), IsBare(line[(match.Index + match.Length)..]));
            if (!IsQuoted(before) && !Talk().IsMatch(Sentences().Split(before)[^1]))
                yield return new Mark(match.Groups[1].Value, Label().IsMatch(before), isFirst && isLast, isFirst, isLast);
        }
    }

    private static bool IsBare(string text) => Dressing().Replace(text, "").Length == 0;

    private static bool IsQuoted(string before) => before.TrimStart().StartsWith('>')
        || before.Count(character => character == '"') % 2 > 0 || before.Count(character => character == '`') % 2 > 0
        || before.LastIndexOf('“') > before.LastIndexOf('”');

    private readonly record struct Mark(string Value, bool IsLabelled, bool IsAlone, bool IsFirst, bool IsLast);

    [GeneratedRegex(@"\b(rating|score|verdict|judge?ment|decision|choice|conclusion|winner)\b[\s*_]*((is|of|be|would|a|an|the|to|"
        + @"goes)\b[\s*_]*)*[:=\-–—]?[\s*_]*$", RegexOptions.IgnoreCase)]
    private static partial Regex Label();

    /// <summary>What speaks of marks instead of giving one.</summary>
    [GeneratedRegex(@"\b(format|form|such as|e\.g|for example|for instance|instead of|rather than|scale|cannot|can't|can’t|can not|"
        + @"unable|won't|won’t|will not|refuse|decline|if|neither|nor)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Talk();

    [GeneratedRegex(@"(?<=[.!?;])\s+")]
    private static partial Regex Sentences();

    [GeneratedRegex(@"[\s*_.!()]")]
    private static partial Regex Dressing();
}
